"""Calls Lambda through boto3 and prints what came back, one JSON object."""
import base64
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

client = boto3.client(
    "lambda", endpoint_url=sys.argv[1], region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test",
    config=Config(retries={"total_max_attempts": 1}))


def error(call):
    try:
        call()
    except ClientError as e:
        return {"type": type(e).__name__, "status": e.response["ResponseMetadata"]["HTTPStatusCode"],
                "code": e.response["Error"]["Code"], "message": e.response["Error"].get("Message"),
                "reason": e.response.get("Reason")}
    return None


sync = client.invoke(
    FunctionName="echo", Payload=b'{"a":1}', LogType="Tail",
    ClientContext=base64.b64encode(b'{"custom":{"k":"v"}}').decode())
event = client.invoke(FunctionName="echo", Payload=b"{}", InvocationType="Event")
dry = client.invoke(FunctionName="echo", InvocationType="DryRun")
configuration = client.get_function(FunctionName="echo")["Configuration"]
print(json.dumps({
    "sync": {"status": sync["StatusCode"], "payload": sync["Payload"].read().decode(), "error": sync.get("FunctionError"),
             "version": sync["ExecutedVersion"], "log": base64.b64decode(sync["LogResult"]).decode(),
             "requestId": sync["ResponseMetadata"]["RequestId"]},
    "event": {"status": event["StatusCode"], "payload": event["Payload"].read().decode()},
    "dry": dry["StatusCode"],
    "arn": configuration["FunctionArn"],
    "functions": [f["FunctionName"] for page in client.get_paginator("list_functions").paginate(PaginationConfig={"PageSize": 1})
                  for f in page["Functions"]],
    "mappings": client.list_event_source_mappings()["EventSourceMappings"],
    "missing": error(lambda: client.invoke(FunctionName="missing")),
    "off": error(lambda: client.invoke(FunctionName="off")),
    "notJson": error(lambda: client.invoke(FunctionName="echo", Payload=b"{")),
    "tooLarge": error(lambda: client.invoke(FunctionName="echo", Payload=b'"' + b"a" * 6_291_455 + b'"')),
    "qualifier": error(lambda: client.invoke(FunctionName="echo", Qualifier="live")),
    "create": error(lambda: client.delete_function(FunctionName="echo")),
}))
