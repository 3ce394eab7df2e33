#!/usr/bin/env bash
# Deletes a stack and everything that it stores. CloudFormation does not delete a bucket that holds an object, and a
# versioned bucket keeps the old versions and the delete markers of all objects, so those go first.
# Needs the AWS CLI, version 1 or 2, with its usual configuration (profile, Region, endpoint).
set -euo pipefail

usage="usage: infra/teardown.sh STACK [--yes] [--keep-stack]
  --yes         does not ask for the stack's name before anything is deleted
  --keep-stack  empties the buckets and deletes nothing else"

stack=${1:?"$usage"}; shift
confirmed=no keep=no
for option in "$@"; do
  case $option in
    --yes) confirmed=yes ;;
    --keep-stack) keep=yes ;;
    *) echo "$usage" >&2; exit 2 ;;
  esac
done

page=$(mktemp); trap 'rm -f "$page"' EXIT

# One page of at most 1,000 versions and delete markers at a time: the limit of DeleteObjects (Amazon S3 API Reference).
empty_bucket() {
  local count deleted=0
  while :; do
    aws s3api list-object-versions --bucket "$1" --no-paginate --output json \
      --query '{Quiet: `true`, Objects: [Versions, DeleteMarkers][].{Key: Key, VersionId: VersionId}}' > "$page"
    count=$(grep -c '"VersionId"' "$page" || true)
    [ "$count" -gt 0 ] || break
    # A refused deletion is in the answer, and the exit code is 0 all the same.
    if [ -n "$(aws s3api delete-objects --bucket "$1" --delete "file://$page" --output json)" ]; then
      echo "$1: some versions could not be deleted; is there an object lock or a denying policy?" >&2; exit 1
    fi
    deleted=$((deleted + count))
  done
  echo "$1: $deleted versions and delete markers deleted"
}

buckets=$(aws cloudformation list-stack-resources --stack-name "$stack" --output text \
  --query "StackResourceSummaries[?ResourceType=='AWS::S3::Bucket' && ResourceStatus!='DELETE_COMPLETE'].[PhysicalResourceId]")

if [ "$confirmed" = no ]; then
  echo "This deletes everything in: $(echo $buckets)"
  [ "$keep" = yes ] || echo "and the stack $stack with its tables and queues."
  read -r -p "Type the stack's name to go on: " answer
  [ "$answer" = "$stack" ] || { echo "Nothing was deleted."; exit 1; }
fi

# Functions that still run may write between a bucket's emptying and its deletion, so a failed deletion is tried again.
for attempt in 1 2 3; do
  for bucket in $buckets; do
    if aws s3api head-bucket --bucket "$bucket" >/dev/null 2>&1; then empty_bucket "$bucket"; fi
  done
  [ "$keep" = no ] || exit 0
  aws cloudformation delete-stack --stack-name "$stack"
  if aws cloudformation wait stack-delete-complete --stack-name "$stack"; then
    echo "stack $stack deleted"; exit 0
  fi
  echo "attempt $attempt: the stack was not deleted" >&2
done
echo "Its events say why: aws cloudformation describe-stack-events --stack-name $stack" >&2
exit 1
