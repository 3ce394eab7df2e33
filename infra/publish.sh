#!/usr/bin/env bash
# Publishes a version of each function of a stack that has changed since its newest version, and moves the alias live to it.
# For after a deployment that changed nothing but the value of a parameter: SAM then changes the functions and publishes
# nothing (AutoPublishAlias compares the code's package and the template's text). A function without a change keeps its
# version. Needs the AWS CLI, version 1 or 2, with its usual configuration (profile, Region, endpoint).
set -euo pipefail

usage="usage: infra/publish.sh STACK [--dry-run]
  --dry-run  shows which alias would move, and changes nothing"

stack=${1:?"$usage"}; shift
dry=no
for option in "$@"; do
  case $option in
    --dry-run) dry=yes ;;
    *) echo "$usage" >&2; exit 2 ;;
  esac
done

alias=live moved=0
functions=$(aws cloudformation list-stack-resources --stack-name "$stack" --output text \
  --query "StackResourceSummaries[?ResourceType=='AWS::Lambda::Function' && ResourceStatus!='DELETE_COMPLETE'].[PhysicalResourceId]")

# What a version freezes and a deployment may change. The version itself, its time and its revision always differ.
settings='to_string([CodeSha256, Handler, Runtime, Role, MemorySize, Timeout, Environment, Layers[].Arn, DeadLetterConfig, TracingConfig, LoggingConfig, Description, Architectures, EphemeralStorage])'
# One call for all functions as they are, and one for each as its alias has it: a call of the CLI takes a second or more.
all=$(aws lambda list-functions --output text --query "Functions[].[FunctionName, $settings]")
for function in $functions; do
  latest=$(awk -F '\t' -v name="$function" '$1 == name { print $2 }' <<<"$all")
  IFS=$'\t' read -r version frozen < <(aws lambda get-function-configuration --function-name "$function" \
    --qualifier "$alias" --output text --query "[Version, $settings]")
  [ "$latest" != "$frozen" ] || continue
  if [ "$dry" = yes ]; then
    echo "$function: $alias is at version $version, and the function has changed since"
    moved=$((moved + 1)); continue
  fi
  aws lambda wait function-updated --function-name "$function"
  new=$(aws lambda publish-version --function-name "$function" --query Version --output text)
  aws lambda update-alias --function-name "$function" --name "$alias" --function-version "$new" >/dev/null
  echo "$function: $alias moved from version $version to $new"
  moved=$((moved + 1))
done
[ "$moved" -gt 0 ] || echo "Every function's alias $alias runs what was deployed."
