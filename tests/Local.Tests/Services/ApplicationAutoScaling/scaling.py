"""Scales provisioned concurrency through boto3 and prints what came back, one JSON object."""
import datetime
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

settings = dict(endpoint_url=sys.argv[1], region_name="us-east-1", aws_access_key_id="test",
                aws_secret_access_key="test", config=Config(retries={"total_max_attempts": 1}))
functions = boto3.client("lambda", **settings)
scaling = boto3.client("application-autoscaling", **settings)
target = dict(ServiceNamespace="lambda", ResourceId="function:echo:live",
              ScalableDimension="lambda:function:ProvisionedConcurrency")


def error(call):
    try:
        call()
    except ClientError as e:
        return [type(e).__name__, e.response["ResponseMetadata"]["HTTPStatusCode"]]
    return None


put = functions.put_provisioned_concurrency_config(
    FunctionName="echo", Qualifier="live", ProvisionedConcurrentExecutions=2)
scaling.register_scalable_target(**target, MinCapacity=3, MaxCapacity=9)
got = functions.get_provisioned_concurrency_config(FunctionName="echo", Qualifier="live")
listed = functions.list_provisioned_concurrency_configs(FunctionName="echo")["ProvisionedConcurrencyConfigs"]
policy = scaling.put_scaling_policy(
    **target, PolicyName="track", PolicyType="TargetTrackingScaling", TargetTrackingScalingPolicyConfiguration={
        "TargetValue": 0.7,
        "PredefinedMetricSpecification": {"PredefinedMetricType": "LambdaProvisionedConcurrencyUtilization"}})
scaling.put_scheduled_action(
    **target, ScheduledActionName="morning", Schedule="cron(0 7 ? * MON-FRI *)", Timezone="Europe/Berlin",
    StartTime=datetime.datetime(2030, 1, 1, tzinfo=datetime.timezone.utc), ScalableTargetAction={"MinCapacity": 5})
targets = [t for page in scaling.get_paginator("describe_scalable_targets").paginate(ServiceNamespace="lambda")
           for t in page["ScalableTargets"]]
policies = scaling.describe_scaling_policies(ServiceNamespace="lambda")["ScalingPolicies"]
actions = scaling.describe_scheduled_actions(ServiceNamespace="lambda")["ScheduledActions"]
activities = scaling.describe_scaling_activities(ServiceNamespace="lambda")["ScalingActivities"]
scaling.delete_scheduled_action(**target, ScheduledActionName="morning")
scaling.delete_scaling_policy(**target, PolicyName="track")
again = error(lambda: scaling.delete_scaling_policy(**target, PolicyName="track"))
scaling.deregister_scalable_target(**target)
functions.delete_provisioned_concurrency_config(FunctionName="echo", Qualifier="live")
print(json.dumps({
    "put": [put["Status"], put["RequestedProvisionedConcurrentExecutions"]],
    "raised": got["RequestedProvisionedConcurrentExecutions"],
    "listed": [one["FunctionArn"] for one in listed],
    "alarms": len(policy["Alarms"]),
    "targets": [[t["ResourceId"], t["MinCapacity"], t["MaxCapacity"]] for t in targets],
    "policies": [[p["PolicyName"], p["TargetTrackingScalingPolicyConfiguration"]["TargetValue"]] for p in policies],
    "actions": [[a["Schedule"], a["Timezone"], a["StartTime"].year, a["ScalableTargetAction"]] for a in actions],
    "activities": [[a["Description"], a["StatusCode"]] for a in activities],
    "again": again,
    "unregistered": error(lambda: scaling.put_scheduled_action(
        **target, ScheduledActionName="a", Schedule="rate(1 day)", ScalableTargetAction={"MinCapacity": 1})),
    "gone": error(lambda: functions.get_provisioned_concurrency_config(FunctionName="echo", Qualifier="live")),
}))
