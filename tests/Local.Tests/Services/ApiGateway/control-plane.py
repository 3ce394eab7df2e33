"""Reads APIs through boto3 and prints what came back, one JSON object."""
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint, api_id = sys.argv[1:]
client = boto3.client(
    "apigateway", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test",
    config=Config(retries={"total_max_attempts": 1}))


def error(call):
    try:
        call()
    except ClientError as e:
        return [type(e).__name__, e.response["ResponseMetadata"]["HTTPStatusCode"], e.response["Error"]["Code"],
                e.response["Error"].get("Message")]


api = client.get_rest_api(restApiId=api_id)
print(json.dumps({
    "names": [item["name"] for item in client.get_rest_apis()["items"]],
    "pages": [item["id"] for page in client.get_paginator("get_rest_apis").paginate(PaginationConfig={"PageSize": 1})
              for item in page["items"]],
    "api": [api["name"], api["endpointConfiguration"]["types"], api["createdDate"].year > 2020],
    "stages": [[stage["stageName"], stage.get("variables"), stage["tracingEnabled"]]
               for stage in client.get_stages(restApiId=api_id)["item"]],
    "missing": error(lambda: client.get_rest_api(restApiId="nothing")),
    "create": error(lambda: client.create_rest_api(name="x")),
    "limit": error(lambda: client.get_rest_apis(limit=501)),
}))
