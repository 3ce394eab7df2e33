"""Scheduled rules through boto3: made, shown, switched, refused."""
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

events = boto3.client(
    "events", endpoint_url=sys.argv[1], region_name="us-east-1", aws_access_key_id="test",
    aws_secret_access_key="test", config=Config(retries={"max_attempts": 0}))


def failed(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Message"]
    return None


events.put_rule(Name="monthly", ScheduleExpression="cron(0 8 L * ? *)", Description="Last day", State="DISABLED")
targets = [{
    "Id": "t", "Arn": "arn:aws:sqs:us-east-1:000000000000:q.fifo", "Input": "{\"report\":\"monthly\"}",
    "SqsParameters": {"MessageGroupId": "reports"}, "RetryPolicy": {"MaximumRetryAttempts": 2},
}]
put = events.put_targets(Rule="monthly", Targets=targets)
before = events.describe_rule(Name="monthly")
events.enable_rule(Name="monthly")
print(json.dumps({
    "failed": put["FailedEntryCount"],
    "before": [before["ScheduleExpression"], before["State"], before["Description"]],
    "after": events.list_rules(NamePrefix="mon")["Rules"][0]["State"],
    "sameTargets": events.list_targets_by_rule(Rule="monthly")["Targets"] == targets,
    "refused": failed(events.put_rule, Name="r", ScheduleExpression="rate(1 minutes)"),
}))
