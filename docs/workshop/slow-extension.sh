#!/bin/sh
# An external extension that works for 0.3 s after each event, before it asks for the next one. For chapter 17.
api="http://$AWS_LAMBDA_RUNTIME_API/2020-01-01/extension"
id=$(curl -s -D - -o /dev/null -H 'Lambda-Extension-Name: slow' -d '{"events":["INVOKE"]}' "$api/register" \
  | tr -d '\r' | sed -n 's/^Lambda-Extension-Identifier: //Ip')
while curl -sf -o /dev/null -H "Lambda-Extension-Identifier: $id" "$api/event/next"; do sleep 0.3; done
