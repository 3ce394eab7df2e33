"""Uses indexes, throughput and tags of a table as anyone would from Python, and prints what came back."""
import json
import sys

import boto3
from boto3.dynamodb.conditions import Attr, Key
from botocore.config import Config

options = dict(
    endpoint_url=sys.argv[1], region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test",
    config=Config(retries={"total_max_attempts": 1}))
client = boto3.client("dynamodb", **options)
table = boto3.resource("dynamodb", **options).create_table(
    TableName="python", BillingMode="PROVISIONED",
    ProvisionedThroughput={"ReadCapacityUnits": 5, "WriteCapacityUnits": 5},
    AttributeDefinitions=[
        {"AttributeName": name, "AttributeType": kind} for name, kind in (("id", "S"), ("at", "N"), ("state", "S"))],
    KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}, {"AttributeName": "at", "KeyType": "RANGE"}],
    GlobalSecondaryIndexes=[{
        "IndexName": "by-state", "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["rows"]},
        "KeySchema": [{"AttributeName": "state", "KeyType": "HASH"}, {"AttributeName": "at", "KeyType": "RANGE"}],
        "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1}}],
    LocalSecondaryIndexes=[{
        "IndexName": "in-state", "Projection": {"ProjectionType": "KEYS_ONLY"},
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}, {"AttributeName": "state", "KeyType": "RANGE"}]}],
    Tags=[{"Key": "team", "Value": "data"}])
client.get_waiter("table_exists").wait(TableName="python")
with table.batch_writer() as batch:
    for i in range(20):
        batch.put_item(Item={
            "id": f"job{i % 4}", "at": i % 5, "state": "open" if i % 2 else "done", "rows": i, "more": "x" * i})
table.put_item(Item={"id": "job0", "at": 99})

pages = client.get_paginator("query").paginate(
    TableName="python", IndexName="by-state", KeyConditionExpression="#s = :s AND #at >= :at",
    ExpressionAttributeNames={"#s": "state", "#at": "at"},
    ExpressionAttributeValues={":s": {"S": "open"}, ":at": {"N": "3"}}, PaginationConfig={"PageSize": 2})
seen = {"open": sorted((item["id"]["S"], item["at"]["N"]) for page in pages for item in page["Items"])}
seen["names"] = sorted(table.scan(IndexName="by-state", Limit=1)["Items"][0])
seen["fetched"] = sorted(table.query(
    IndexName="in-state", KeyConditionExpression=Key("id").eq("job0") & Key("state").begins_with("do"),
    FilterExpression=Attr("rows").gte(12), Select="ALL_ATTRIBUTES", ConsistentRead=True)["Items"][0])
table.update(
    AttributeDefinitions=[{"AttributeName": "rows", "AttributeType": "N"}],
    GlobalSecondaryIndexUpdates=[{"Create": {
        "IndexName": "by-rows", "Projection": {"ProjectionType": "ALL"},
        "KeySchema": [{"AttributeName": "rows", "KeyType": "HASH"}],
        "ProvisionedThroughput": {"ReadCapacityUnits": 1, "WriteCapacityUnits": 1}}}])
seen["made"] = table.query(IndexName="by-rows", KeyConditionExpression=Key("rows").eq(19))["Count"]
table.update(BillingMode="PAY_PER_REQUEST")
described = client.describe_table(TableName="python")["Table"]
seen["indexes"] = [
    [index["IndexName"], index["IndexStatus"], index["ItemCount"], index["ProvisionedThroughput"]["ReadCapacityUnits"]]
    for index in described["GlobalSecondaryIndexes"]]
seen["tags"] = client.list_tags_of_resource(ResourceArn=described["TableArn"])["Tags"]
print(json.dumps(seen))
