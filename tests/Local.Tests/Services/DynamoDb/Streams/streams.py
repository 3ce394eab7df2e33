"""Makes a table with a stream, reads the stream through boto3, and prints what came back, one JSON object."""
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

options = dict(
    endpoint_url=sys.argv[1], region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test",
    config=Config(retries={"total_max_attempts": 1}))
tables = boto3.client("dynamodb", **options)
streams = boto3.client("dynamodbstreams", **options)

table = tables.create_table(
    TableName="python", BillingMode="PAY_PER_REQUEST",
    AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
    StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"})["TableDescription"]
arn = table["LatestStreamArn"]
tables.put_item(TableName="python", Item={"id": {"S": "a"}, "value": {"N": "1"}})
tables.put_item(TableName="python", Item={"id": {"S": "a"}, "value": {"N": "2"}})
tables.delete_item(TableName="python", Key={"id": {"S": "a"}})

first = streams.describe_stream(StreamArn=arn)["StreamDescription"]
iterator = streams.get_shard_iterator(
    StreamArn=arn, ShardId=first["Shards"][0]["ShardId"], ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
records = streams.get_records(ShardIterator=iterator)["Records"]
listed = streams.list_streams(TableName="python")["Streams"]
tables.update_table(TableName="python", StreamSpecification={"StreamEnabled": False})
second = streams.describe_stream(StreamArn=arn)["StreamDescription"]
try:
    streams.describe_stream(StreamArn=arn + "9")
    missing = None
except ClientError as e:
    missing = [e.response["Error"]["Code"], e.response["ResponseMetadata"]["HTTPStatusCode"]]

print(json.dumps({
    "events": [record["eventName"] for record in records],
    "stream": [first["StreamStatus"], second["StreamStatus"], [one["StreamArn"] for one in listed] == [arn]],
    "missing": missing,
}))
