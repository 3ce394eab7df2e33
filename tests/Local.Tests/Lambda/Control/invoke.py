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
first = client.publish_version(FunctionName="echo")["Version"]
client.update_function_configuration(FunctionName="echo", Description="newer", Environment={"Variables": {"KEY": "x"}})
client.get_waiter("function_updated_v2").wait(FunctionName="echo")
second = client.publish_version(FunctionName="echo", Description="second")["Version"]
alias = client.create_alias(FunctionName="echo", Name="canary", FunctionVersion=first,
                            RoutingConfig={"AdditionalVersionWeights": {second: 0.25}})
client.update_alias(FunctionName="echo", Name="canary", FunctionVersion=second, RoutingConfig={"AdditionalVersionWeights": {}})
versions = {
    "published": [first, second], "weights": alias["RoutingConfig"]["AdditionalVersionWeights"],
    "listed": [v["Version"] for page in client.get_paginator("list_versions_by_function").paginate(FunctionName="echo")
               for v in page["Versions"]],
    "aliases": [(a["Name"], a["FunctionVersion"]) for a in client.list_aliases(FunctionName="echo")["Aliases"]],
    "got": client.get_alias(FunctionName="echo", Name="canary")["AliasArn"],
    "invoked": client.invoke(FunctionName="echo:canary")["StatusCode"],
    "variables": client.get_function_configuration(FunctionName="echo", Qualifier=second)["Environment"]["Variables"],
    "taken": error(lambda: client.create_alias(FunctionName="echo", Name="canary", FunctionVersion=first)),
    "named": error(lambda: client.delete_function(FunctionName="echo", Qualifier=second)),
}
client.delete_alias(FunctionName="echo", Name="canary")
client.delete_function(FunctionName="echo", Qualifier=first)
versions["left"] = [v["Version"] for v in client.list_versions_by_function(FunctionName="echo")["Versions"]]
print(json.dumps({
    "versions": versions,
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
    "unbuilt": error(lambda: client.get_function_code_signing_config(FunctionName="echo")),
}))
