"""Follows a log group as `aws logs tail --follow` does, from what is there on; the endpoint comes from the environment.

Prints `ready`, then each event once. Between two requests nothing is waited for: a story ends this program."""
import sys

try:
    import boto3
except ModuleNotFoundError:
    print("no boto3", flush=True)
    sys.exit(0)

logs = boto3.client("logs")
request = {"logGroupName": sys.argv[1], "interleaved": True}
seen = {}
print("ready", flush=True)
while True:
    page = logs.filter_log_events(**request)
    for event in page["events"]:
        ids = seen.setdefault(event["timestamp"], set())
        if event["eventId"] not in ids:
            ids.add(event["eventId"])
            print(event["message"].replace("\n", " "), flush=True)
    if "nextToken" in page:
        request["nextToken"] = page["nextToken"]
        continue
    request.pop("nextToken", None)
    if seen:
        newest = max(seen)
        seen = {newest: seen[newest]}
        request["startTime"] = newest
