"""Deploys through boto3 and prints what came back, one JSON object."""
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

client = boto3.client(
    "codedeploy", endpoint_url=sys.argv[1], region_name="us-east-1", aws_access_key_id="test",
    aws_secret_access_key="test", config=Config(retries={"total_max_attempts": 1}))


def revision(current, target):
    content = {"version": 0.0, "Resources": [{"reader": {"Type": "AWS::Lambda::Function", "Properties": {
        "Name": "reader", "Alias": "live", "CurrentVersion": current, "TargetVersion": target}}}]}
    return {"revisionType": "AppSpecContent", "appSpecContent": {"content": json.dumps(content)}}


def target(deployment):
    ids = client.list_deployment_targets(deploymentId=deployment)["targetIds"]
    return client.batch_get_deployment_targets(deploymentId=deployment, targetIds=ids)[
        "deploymentTargets"][0]["lambdaTarget"]


client.create_application(applicationName="made", computePlatform="Lambda")
client.create_deployment_group(
    applicationName="made", deploymentGroupName="once", deploymentConfigName="CodeDeployDefault.LambdaAllAtOnce",
    serviceRoleArn="arn:aws:iam::000000000000:role/deployer",
    deploymentStyle={"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"})
once = client.create_deployment(
    applicationName="made", deploymentGroupName="once", revision=revision("1", "2"))["deploymentId"]
client.get_waiter("deployment_successful").wait(deploymentId=once)
canary = client.create_deployment(
    applicationName="app", deploymentGroupName="group", revision=revision("2", "3"))["deploymentId"]
during = target(canary)
config = client.get_deployment_config(deploymentConfigName="CodeDeployDefault.LambdaCanary10Percent5Minutes")
client.stop_deployment(deploymentId=canary, autoRollbackEnabled=True)
stopped = client.get_deployment(deploymentId=canary)["deploymentInfo"]
try:
    client.get_deployment(deploymentId="d-ZZZZZZZZZ")
    missing = None
except ClientError as e:
    missing = type(e).__name__

print(json.dumps({
    "applications": client.list_applications()["applications"],
    "succeeded": client.get_deployment(deploymentId=once)["deploymentInfo"]["status"],
    "weight": target(once)["lambdaFunctionInfo"]["targetVersionWeight"],
    "events": [event["status"] for event in target(once)["lifecycleEvents"]],
    "current": during["status"],
    "canary": during["lambdaFunctionInfo"]["targetVersionWeight"],
    "canaryConfig": config["deploymentConfigInfo"]["trafficRoutingConfig"]["timeBasedCanary"],
    "stopped": [stopped["status"], stopped["errorInformation"]["code"]],
    "rolledBack": client.get_deployment(
        deploymentId=stopped["rollbackInfo"]["rollbackDeploymentId"])["deploymentInfo"]["creator"],
    "missing": missing,
}))
