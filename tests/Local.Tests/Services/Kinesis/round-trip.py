"""A Kinesis stream through boto3: every operation once, records through a split and a merge."""
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

kinesis = boto3.client(
    "kinesis", endpoint_url=sys.argv[1], region_name="us-east-1", aws_access_key_id="test",
    aws_secret_access_key="test", config=Config(retries={"max_attempts": 0}))
STREAM = {"StreamName": "readings"}


def failed(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None


def shards():
    # boto3's paginator sends StreamName with NextToken, which AWS refuses too.
    page = kinesis.list_shards(**STREAM, MaxResults=1)
    found = page["Shards"]
    while "NextToken" in page:
        page = kinesis.list_shards(NextToken=page["NextToken"], MaxResults=1)
        found += page["Shards"]
    return found


def read(shard, **start):
    iterator = kinesis.get_shard_iterator(
        **STREAM, ShardId=shard["ShardId"], **(start or {"ShardIteratorType": "TRIM_HORIZON"}))["ShardIterator"]
    answer = kinesis.get_records(ShardIterator=iterator)
    return [record["Data"].decode() for record in answer["Records"]], answer


kinesis.create_stream(**STREAM, ShardCount=2, Tags={"team": "data"})
kinesis.get_waiter("stream_exists").wait(**STREAM)
put = kinesis.put_record(**STREAM, Data=b"one", PartitionKey="a")
many = kinesis.put_records(
    **STREAM, Records=[{"Data": str(i).encode(), "PartitionKey": key} for i, key in enumerate("abab")])
first, second = shards()
texts = read(first)[0]
again = read(first, ShardIteratorType="AFTER_SEQUENCE_NUMBER", StartingSequenceNumber=put["SequenceNumber"])[0]
since = read(first, ShardIteratorType="AT_TIMESTAMP", Timestamp=0)[0]
middle = str(int(first["HashKeyRange"]["EndingHashKey"]) // 2)
kinesis.split_shard(**STREAM, ShardToSplit=first["ShardId"], NewStartingHashKey=middle)
end = read(first)[1]
left, right = shards()[2:]
kinesis.merge_shards(**STREAM, ShardToMerge=left["ShardId"], AdjacentShardToMerge=right["ShardId"])
resized = kinesis.update_shard_count(**STREAM, TargetShardCount=3, ScalingType="UNIFORM_SCALING")
kinesis.increase_stream_retention_period(**STREAM, RetentionPeriodHours=48)
summary = kinesis.describe_stream_summary(**STREAM)["StreamDescriptionSummary"]
arn = summary["StreamARN"]
kinesis.update_stream_mode(StreamARN=arn, StreamModeDetails={"StreamMode": "ON_DEMAND"})
kinesis.tag_resource(ResourceARN=arn, Tags={"more": "tags"})
tags = kinesis.list_tags_for_stream(**STREAM)["Tags"]
limits = kinesis.describe_limits()
consumer = failed(kinesis.register_stream_consumer, StreamARN=arn, ConsumerName="one")
kinesis.delete_stream(StreamARN=arn, EnforceConsumerDeletion=True)
kinesis.get_waiter("stream_not_exists").wait(**STREAM)
print(json.dumps({
    "put": [put["ShardId"], many["FailedRecordCount"], [entry["ShardId"][-1] for entry in many["Records"]]],
    "texts": texts, "again": again, "since": since,
    "end": ["NextShardIterator" in end, [child["ShardId"][-1] for child in end["ChildShards"]]],
    "resized": [resized["CurrentShardCount"], resized["TargetShardCount"], summary["OpenShardCount"]],
    "retention": summary["RetentionPeriodHours"], "created": summary["StreamCreationTimestamp"].year >= 2024,
    "tags": [tag["Key"] for tag in tags], "onDemand": limits["OnDemandStreamCount"],
    "consumer": consumer, "gone": failed(kinesis.describe_stream, **STREAM),
}))
