// What an application does with S3, DynamoDB, STS, CloudFormation and Lambda, once each, in one process.
import {
  CloudFormationClient, DescribeStacksCommand, ListStackResourcesCommand,
} from "@aws-sdk/client-cloudformation";
import {
  CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand, TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  CompleteMultipartUploadCommand, CopyObjectCommand, CreateBucketCommand, CreateMultipartUploadCommand,
  DeleteObjectsCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, ListObjectVersionsCommand,
  PutBucketVersioningCommand, PutObjectCommand, S3Client, UploadPartCommand,
} from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

const endpoint = process.argv[2];
const answers = {};
const failed = async (call) => {
  try {
    await call;
  } catch (e) {
    return { name: e.name, status: e.$metadata.httpStatusCode };
  }
};

async function s3() {
  // The host's address is an IP address, so the SDK keeps the bucket in the path by itself.
  const client = new S3Client({ endpoint, maxAttempts: 1 });
  const send = (Command, input) => client.send(new Command({ Bucket: "landing", ...input }));
  await send(CreateBucketCommand, {});
  await send(PutBucketVersioningCommand, { VersioningConfiguration: { Status: "Enabled" } });
  const Key = "csv/a b+ü.csv";
  const put = await send(PutObjectCommand, { Key, Body: "one\ntwo\n", Metadata: { station: "CHM" } });
  await send(PutObjectCommand, { Key, Body: "three\n" });
  const got = await send(GetObjectCommand, { Key, VersionId: put.VersionId, Range: "bytes=4-6" });
  const head = await send(HeadObjectCommand, { Key, VersionId: put.VersionId });
  const { UploadId } = await send(CreateMultipartUploadCommand, { Key: "parts" });
  const part = await send(UploadPartCommand, { Key: "parts", UploadId, PartNumber: 1, Body: "whole" });
  await send(CompleteMultipartUploadCommand, {
    Key: "parts", UploadId, MultipartUpload: { Parts: [{ PartNumber: 1, ETag: part.ETag }] },
  });
  await send(CopyObjectCommand, { Key: "copy", CopySource: "landing/parts" });
  const copy = await send(GetObjectCommand, { Key: "copy" });
  const copied = await copy.Body.transformToString();
  const keys = (await send(ListObjectsV2Command, {})).Contents.map((each) => each.Key);
  const removed = await send(DeleteObjectsCommand, { Delete: { Objects: [{ Key: "copy" }, { Key: "parts" }] } });
  const versions = await send(ListObjectVersionsCommand, {});
  return {
    range: await got.Body.transformToString(), metadata: head.Metadata, keys, copied,
    removed: removed.Deleted.map((each) => each.DeleteMarker),
    versions: [versions.Versions.length, versions.DeleteMarkers.length],
    missing: await failed(send(GetObjectCommand, { Key: "copy" })),
    failedIf: await failed(send(PutObjectCommand, { Key, Body: "x", IfNoneMatch: "*" })),
  };
}

async function dynamodb() {
  const client = new DynamoDBClient({ endpoint, maxAttempts: 1 });
  const send = (Command, input) => client.send(new Command({ TableName: "jobs", ...input }));
  await send(CreateTableCommand, {
    BillingMode: "PAY_PER_REQUEST", KeySchema: [{ AttributeName: "job", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "job", AttributeType: "S" }],
  });
  await send(PutItemCommand, { Item: { job: { S: "one" }, rows: { N: "7" }, tags: { SS: ["a", "b"] } } });
  const updated = await send(UpdateItemCommand, {
    Key: { job: { S: "one" } }, UpdateExpression: "ADD #r :n", ExpressionAttributeNames: { "#r": "rows" },
    ExpressionAttributeValues: { ":n": { N: "1" } }, ReturnValues: "UPDATED_NEW",
  });
  const found = await send(QueryCommand, {
    KeyConditionExpression: "job = :j", ExpressionAttributeValues: { ":j": { S: "one" } },
  });
  const conflict = await failed(client.send(new TransactWriteItemsCommand({
    TransactItems: [{
      Put: { TableName: "jobs", Item: { job: { S: "one" } }, ConditionExpression: "attribute_not_exists(job)" },
    }],
  })));
  const none = await send(GetItemCommand, { Key: { job: { S: "none" } } });
  return { rows: updated.Attributes.rows.N, found: found.Items[0], conflict, none: none.Item ?? null };
}

async function sts() {
  return (await new STSClient({ endpoint, maxAttempts: 1 }).send(new GetCallerIdentityCommand({}))).Account;
}

async function cloudformation() {
  const client = new CloudFormationClient({ endpoint, maxAttempts: 1 });
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: "test" }));
  const { StackResourceSummaries } = await client.send(new ListStackResourcesCommand({ StackName: "test" }));
  return {
    status: Stacks[0].StackStatus, resources: StackResourceSummaries.map((each) => each.LogicalResourceId),
    missing: await failed(client.send(new DescribeStacksCommand({ StackName: "none" }))),
  };
}

async function lambda() {
  const client = new LambdaClient({ endpoint, maxAttempts: 1 });
  const invoke = (input) => client.send(new InvokeCommand({ FunctionName: "echo", Payload: "{\"a\":1}", ...input }));
  const waited = await invoke({});
  const queued = await invoke({ InvocationType: "Event" });
  return {
    waited: [waited.StatusCode, Buffer.from(waited.Payload).toString(), waited.ExecutedVersion],
    queued: queued.StatusCode, dry: (await invoke({ InvocationType: "DryRun" })).StatusCode,
    missing: await failed(invoke({ FunctionName: "none" })),
  };
}

for (const service of [s3, dynamodb, sts, cloudformation, lambda]) answers[service.name] = await service();
console.log(JSON.stringify(answers));
