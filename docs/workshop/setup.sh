# What the chapters' commands need, for bash. In the repository's root, with the host up:  . docs/workshop/setup.sh
# With ISOBAR_TARGET=aws it finds the stack in your account instead, by the AWS CLI's own credentials and Region.

# The local host's commands, as `up` built them.
CONFIGURATION=${ISOBAR_CONFIGURATION:-debug}
isobar() { dotnet "artifacts/bin/Local/$CONFIGURATION/Isobar.Local.dll" "$@"; }

if [ "${ISOBAR_TARGET:-local}" = local ]; then
  export AWS_ENDPOINT_URL=${ISOBAR_ENDPOINT:-http://127.0.0.1:4580}
  export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1
  export NO_PROXY="127.0.0.1,localhost${NO_PROXY:+,$NO_PROXY}"
fi

# Version 1 of the AWS CLI does not send SQS's calls to AWS_ENDPOINT_URL; this option it respects. Later versions take a
# function's payload in base64, unless they are told that it is plain text.
case $(command aws --version 2>&1) in aws-cli/1.*) plain_payload= ;; *) plain_payload=raw-in-base64-out ;; esac
aws() {
  command aws ${AWS_ENDPOINT_URL:+--endpoint-url "$AWS_ENDPOINT_URL"} \
    ${plain_payload:+--cli-binary-format "$plain_payload"} "$@"
}
export AWS_PAGER=

# Where `aws lambda invoke` writes what a function answered.
ANSWER=$(mktemp)

STACK=${ISOBAR_STACK:-isobar}
stack_outputs=$(aws cloudformation describe-stacks --stack-name "$STACK" \
  --query 'Stacks[0].Outputs[].[OutputKey,OutputValue]' --output text) \
  && stack_resources=$(aws cloudformation list-stack-resources --stack-name "$STACK" \
    --query 'StackResourceSummaries[].[LogicalResourceId,PhysicalResourceId]' --output text) \
  || { echo "No stack $STACK answers. Is the host up?"; return 1; }

# An output of the stack, and the physical name of a resource, which is the name that AWS's APIs want.
output() { awk -v key="$1" '$1 == key { print $2 }' <<<"$stack_outputs"; }
resource() { awk -v key="$1" '$1 == key { print $2 }' <<<"$stack_resources"; }

# Repeats a command every half second until its output contains a text, at most two minutes, and shows that output.
until_shows() {
  local text=$1 shown tries=0; shift
  until shown=$("$@" 2>&1); grep -qF -- "$text" <<<"$shown"; do
    [ $((tries += 1)) -lt 240 ] || { echo "$shown"; echo "'$text' has not come for two minutes."; return 1; }
    sleep 0.5
  done
  echo "$shown"
}

# The lines that the telemetry extension has shipped of a function, given by its name in the template.
shipped() {
  local keys key
  keys=$(aws s3api list-objects-v2 --bucket "$DATA" --prefix "telemetry/$(resource "$1")/" --output text \
    --query 'Contents[].[Key]')
  for key in ${keys/#None/}; do aws s3 cp --no-progress "s3://$DATA/$key" - | gunzip; done
}

LANDING=$(output LandingBucketName) DATA=$(output DataBucketName) API=$(output ApiUrl)
# Locally the API has no name of its own; its id is a part of the path.
if [ -n "${AWS_ENDPOINT_URL:-}" ]; then
  API=$(sed -E "s#https://([a-z0-9]+)\.execute-api\.[^/]+#$AWS_ENDPOINT_URL/_aws/execute-api/\1#" <<<"$API")
fi
# The website is a stack of its own, which an account need not have.
WEBSITE=${ISOBAR_WEBSITE:-http://127.0.0.1:4581}
if [ -z "${AWS_ENDPOINT_URL:-}" ]; then
  WEBSITE=$(aws cloudformation describe-stacks --stack-name "$STACK-edge" --output text \
    --query 'Stacks[0].Outputs[?OutputKey==`SiteUrl`].OutputValue' 2>/dev/null)
fi
echo "The stack $STACK: landing bucket $LANDING"
