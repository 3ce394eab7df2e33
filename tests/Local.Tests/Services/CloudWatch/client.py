"""Drives CloudWatch through boto3 and prints what came back, one JSON object."""
import datetime
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

client = boto3.client(
    "cloudwatch", endpoint_url=sys.argv[1], region_name="us-east-1", aws_access_key_id="test",
    aws_secret_access_key="test", config=Config(retries={"total_max_attempts": 1}))


def error(call):
    try:
        call()
    except ClientError as e:
        return [type(e).__name__, e.response["ResponseMetadata"]["HTTPStatusCode"], e.response["Error"]["Code"]]


now = datetime.datetime.now(datetime.timezone.utc)
dimensions = [{"Name": "tier", "Value": "web"}]
# Large enough that boto3 compresses the request.
client.put_metric_data(Namespace="app", MetricData=[
    {"MetricName": "latency", "Dimensions": dimensions, "Timestamp": now, "Value": value, "Unit": "Milliseconds"}
    for value in range(1, 201)])
span = {"StartTime": now - datetime.timedelta(minutes=5), "EndTime": now + datetime.timedelta(minutes=5)}
points = client.get_metric_statistics(
    Namespace="app", MetricName="latency", Dimensions=dimensions, Period=60, Statistics=["Sum", "SampleCount", "Maximum"],
    **span)["Datapoints"]
data = client.get_metric_data(MetricDataQueries=[{"Id": "m", "MetricStat": {
    "Metric": {"Namespace": "app", "MetricName": "latency", "Dimensions": dimensions}, "Period": 60, "Stat": "p100"}}],
    **span)["MetricDataResults"][0]
client.put_metric_alarm(
    AlarmName="slow", Namespace="app", MetricName="latency", Dimensions=dimensions, Period=60, EvaluationPeriods=1,
    Threshold=100, ComparisonOperator="GreaterThanThreshold", ExtendedStatistic="p99", TreatMissingData="notBreaching",
    Tags=[{"Key": "team", "Value": "data"}])
alarm = client.describe_alarms(AlarmNames=["slow"])["MetricAlarms"][0]
client.set_alarm_state(AlarmName="slow", StateValue="ALARM", StateReason="a test")
client.put_dashboard(DashboardName="all", DashboardBody=json.dumps({"widgets": [
    {"type": "text", "x": 0, "y": 0, "width": 6, "height": 6, "properties": {"markdown": "# All"}}]}))
print(json.dumps({
    "points": [[point["Sum"], point["SampleCount"], point["Maximum"], point["Unit"]] for point in points],
    "data": [data["Label"], data["Values"], data["StatusCode"], data["Timestamps"][0].second],
    "metrics": client.list_metrics(Namespace="app")["Metrics"],
    "alarm": [alarm["StateValue"], alarm["ExtendedStatistic"], alarm["StateUpdatedTimestamp"].year >= 2026],
    "state": client.describe_alarms(StateValue="ALARM")["MetricAlarms"][0]["StateReason"],
    "forMetric": [one["AlarmName"] for one in client.describe_alarms_for_metric(
        Namespace="app", MetricName="latency", Dimensions=dimensions)["MetricAlarms"]],
    "history": [one["HistorySummary"] for one in client.describe_alarm_history(
        AlarmName="slow", HistoryItemType="StateUpdate")["AlarmHistoryItems"]],
    "tags": client.list_tags_for_resource(ResourceARN=alarm["AlarmArn"])["Tags"],
    "dashboards": [one["DashboardName"] for one in client.list_dashboards()["DashboardEntries"]],
    "body": json.loads(client.get_dashboard(DashboardName="all")["DashboardBody"])["widgets"][0]["type"],
    "noAlarm": error(lambda: client.delete_alarms(AlarmNames=["none"])),
    "noDashboard": error(lambda: client.get_dashboard(DashboardName="none")),
    "badDashboard": error(lambda: client.put_dashboard(DashboardName="bad", DashboardBody="{")),
    "reserved": error(lambda: client.put_metric_data(Namespace="AWS/app", MetricData=[{"MetricName": "m", "Value": 1}])),
    "composite": error(lambda: client.put_composite_alarm(AlarmName="all", AlarmRule="ALARM(slow)")),
}))
