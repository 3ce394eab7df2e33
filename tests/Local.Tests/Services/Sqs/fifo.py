"""A FIFO queue through boto3: a group blocked and released, duplicates, a receive that is tried again."""
import json
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

sqs = boto3.client(
    "sqs", endpoint_url=sys.argv[1], region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test",
    config=Config(retries={"max_attempts": 0}))


def failed(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None


def bodies(answer):
    return [message["Body"] for message in answer.get("Messages", [])]


url = sqs.create_queue(
    QueueName="orders.fifo", Attributes={"FifoQueue": "true", "ContentBasedDeduplication": "true"})["QueueUrl"]
sent = sqs.send_message_batch(QueueUrl=url, Entries=[
    {"Id": str(i), "MessageBody": body, "MessageGroupId": body[0]} for i, body in enumerate(["a1", "a2", "b1"])])
duplicate = sqs.send_message(QueueUrl=url, MessageBody="a1", MessageGroupId="a")
first = sqs.receive_message(QueueUrl=url, ReceiveRequestAttemptId="one", AttributeNames=["All"])
again = sqs.receive_message(QueueUrl=url, ReceiveRequestAttemptId="one", AttributeNames=["All"])
others = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)
blocked = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)
sqs.delete_message(QueueUrl=url, ReceiptHandle=first["Messages"][0]["ReceiptHandle"])
released = sqs.receive_message(QueueUrl=url, VisibilityTimeout=0)
attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
standard = sqs.create_queue(QueueName="orders")["QueueUrl"]
print(json.dumps({
    "numbers": [entry["SequenceNumber"] for entry in sent["Successful"]],
    "sameMessage": duplicate["MessageId"] == sent["Successful"][0]["MessageId"]
    and duplicate["SequenceNumber"] == sent["Successful"][0]["SequenceNumber"],
    "first": bodies(first), "attributes": sorted(first["Messages"][0]["Attributes"]),
    "sameAnswer": first["Messages"] == again["Messages"],
    "others": bodies(others), "blocked": bodies(blocked), "released": bodies(released),
    "fifo": attributes["FifoQueue"], "scope": attributes["DeduplicationScope"],
    "errors": [
        failed(sqs.send_message, QueueUrl=url, MessageBody="x"),
        failed(sqs.send_message, QueueUrl=url, MessageBody="x", MessageGroupId="g", DelaySeconds=1),
        failed(sqs.delete_message, QueueUrl=url, ReceiptHandle=released["Messages"][0]["ReceiptHandle"]),
        failed(sqs.send_message, QueueUrl=standard, MessageBody="x", MessageDeduplicationId="d"),
        failed(sqs.receive_message, QueueUrl=standard, ReceiveRequestAttemptId="one"),
        failed(sqs.set_queue_attributes, QueueUrl=url, Attributes={"FifoThroughputLimit": "perMessageGroupId"}),
        failed(sqs.create_queue, QueueName="orders", Attributes={"FifoQueue": "true"}),
        failed(sqs.create_queue, QueueName="others.fifo"),
    ],
}))
