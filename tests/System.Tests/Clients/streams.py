"""Kinesis, a table's stream, a FIFO queue and a schedule through boto3; prints what it saw as JSON."""
import json
import sys

import boto3

seen = {}
name = sys.argv[1]

kinesis = boto3.client("kinesis")
kinesis.create_stream(StreamName=name, ShardCount=1)
kinesis.get_waiter("stream_exists").wait(StreamName=name)
kinesis.put_records(StreamName=name, Records=[{"Data": word, "PartitionKey": "k"} for word in (b"one", b"two")])
kinesis.split_shard(
    StreamName=name, ShardToSplit="shardId-000000000000", NewStartingHashKey=str(2 ** 127))
kinesis.put_record(StreamName=name, Data=b"three", PartitionKey="k")
words, shards = [], ["shardId-000000000000"]
while shards:
    iterator = kinesis.get_shard_iterator(
        StreamName=name, ShardId=shards.pop(0), ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
    answer = kinesis.get_records(ShardIterator=iterator)
    words += [record["Data"].decode() for record in answer["Records"]]
    shards += [child["ShardId"] for child in answer.get("ChildShards", [])]
seen["kinesis"] = words
kinesis.delete_stream(StreamName=name)

tables, changes = boto3.client("dynamodb"), boto3.client("dynamodbstreams")
arn = tables.create_table(
    TableName=name, BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
    AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"})["TableDescription"]["LatestStreamArn"]
tables.put_item(TableName=name, Item={"id": {"S": "a"}, "n": {"N": "1"}})
tables.put_item(TableName=name, Item={"id": {"S": "a"}, "n": {"N": "2"}})
tables.delete_item(TableName=name, Key={"id": {"S": "a"}})
shard = changes.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]["ShardId"]
iterator = changes.get_shard_iterator(
    StreamArn=arn, ShardId=shard, ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
seen["changes"] = [record["eventName"] for record in changes.get_records(ShardIterator=iterator)["Records"]]
tables.delete_table(TableName=name)

sqs = boto3.client("sqs")
fifo = sqs.create_queue(
    QueueName=f"{name}.fifo", Attributes={"FifoQueue": "true", "ContentBasedDeduplication": "true"})["QueueUrl"]
for body in ("a1", "a1", "a2", "b1"):
    sqs.send_message(QueueUrl=fifo, MessageBody=body, MessageGroupId=body[0])
received = sqs.receive_message(QueueUrl=fifo, MaxNumberOfMessages=10)["Messages"]
seen["fifo"] = sorted(message["Body"] for message in received)
sqs.delete_queue(QueueUrl=fifo)

events = boto3.client("events")
queue = sqs.create_queue(QueueName=name)["QueueUrl"]
arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
events.put_rule(Name=name, ScheduleExpression="rate(1 hour)")
events.put_targets(Rule=name, Targets=[{"Id": "queue", "Arn": arn, "Input": "\"due\""}])
seen["rule"] = events.describe_rule(Name=name)["ScheduleExpression"]
print(json.dumps(seen))
