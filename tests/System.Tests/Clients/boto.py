"""Uses the stack as anyone would from Python; prints what it saw as JSON. The endpoint comes from the environment."""
import io
import json
import os
import urllib.request

import boto3
from botocore.exceptions import ClientError

seen = {}
outputs = {
    output["OutputKey"]: output["OutputValue"]
    for output in boto3.client("cloudformation").describe_stacks(
        StackName=os.environ["ISOBAR_STACK"])["Stacks"][0]["Outputs"]
}
bucket = outputs["DataBucketName"]

s3 = boto3.client("s3")
body = bytes(range(256)) * 50_782  # 13 MB: uploaded and downloaded in parts
s3.upload_fileobj(io.BytesIO(body), bucket, "boto/13.bin")
back = io.BytesIO()
s3.download_fileobj(bucket, "boto/13.bin", back)
seen["copied"] = back.getvalue() == body
url = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "boto/13.bin"}, ExpiresIn=60)
seen["presigned"] = urllib.request.urlopen(url).read() == body
seen["range"] = s3.get_object(Bucket=bucket, Key="boto/13.bin", Range="bytes=1-3")["Body"].read().hex()

sqs = boto3.client("sqs")
queue = sqs.create_queue(QueueName="boto")["QueueUrl"]
sqs.send_message(QueueUrl=queue, MessageBody="hello")
message = sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=1)["Messages"][0]
seen["body"] = message["Body"]
sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
seen["left"] = sqs.receive_message(QueueUrl=queue).get("Messages", [])

table = boto3.resource("dynamodb").Table(outputs["JobsTableName"])
table.put_item(Item={"job": "boto", "item": "chunk#1", "rows": 7})
seen["rows"] = int(table.get_item(Key={"job": "boto", "item": "chunk#1"})["Item"]["rows"])
seen["count"] = table.query(
    KeyConditionExpression=boto3.dynamodb.conditions.Key("job").eq("boto"))["Count"]
try:
    table.put_item(Item={"job": "boto", "item": "chunk#1"}, ConditionExpression="attribute_not_exists(job)")
except ClientError as error:
    seen["refused"] = type(error).__name__

functions = [function["FunctionName"] for function in boto3.client("lambda").list_functions()["Functions"]]
name = next(name for name in functions if "DeadLetters" in name)
answer = boto3.client("lambda").invoke(FunctionName=name, Payload=b'{"Records":[]}', LogType="Tail")
seen["invoked"] = [answer["StatusCode"], answer.get("FunctionError"), "LogResult" in answer]
seen["account"] = boto3.client("sts").get_caller_identity()["Account"]
print(json.dumps(seen))
