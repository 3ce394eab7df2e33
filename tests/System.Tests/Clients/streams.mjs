// Kinesis, a table's stream, a FIFO queue and a schedule through the SDK for JavaScript; prints what it saw as JSON.
import * as dynamodb from "@aws-sdk/client-dynamodb";
import * as changes from "@aws-sdk/client-dynamodb-streams";
import * as events from "@aws-sdk/client-eventbridge";
import * as kinesis from "@aws-sdk/client-kinesis";
import * as sqs from "@aws-sdk/client-sqs";

const [endpoint, name] = process.argv.slice(2);
const seen = {};
const using = (sdk, Client, options = {}) => {
  const client = new sdk[`${Client}Client`]({ endpoint, ...options });
  return (operation, input = {}) => client.send(new sdk[`${operation}Command`](input));
};

const stream = using(kinesis, "Kinesis");
const StreamName = name;
const first = "shardId-000000000000";
await stream("CreateStream", { StreamName, ShardCount: 1 });
await stream("PutRecords", {
  StreamName, Records: ["one", "two"].map((word) => ({ Data: Buffer.from(word), PartitionKey: "k" })),
});
await stream("SplitShard", { StreamName, ShardToSplit: first, NewStartingHashKey: `${2n ** 127n}` });
await stream("PutRecord", { StreamName, Data: Buffer.from("three"), PartitionKey: "k" });
seen.kinesis = [];
for (const shards = [first]; shards.length > 0;) {
  const { ShardIterator } = await stream("GetShardIterator", {
    StreamName, ShardId: shards.shift(), ShardIteratorType: "TRIM_HORIZON",
  });
  const answer = await stream("GetRecords", { ShardIterator });
  seen.kinesis.push(...answer.Records.map((record) => Buffer.from(record.Data).toString()));
  shards.push(...(answer.ChildShards ?? []).map((child) => child.ShardId));
}
await stream("DeleteStream", { StreamName });

const table = using(dynamodb, "DynamoDB");
const TableName = name;
const { TableDescription } = await table("CreateTable", {
  TableName, BillingMode: "PAY_PER_REQUEST", KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
  AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
  StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_IMAGE" },
});
await table("PutItem", { TableName, Item: { id: { S: "a" }, n: { N: "1" } } });
await table("PutItem", { TableName, Item: { id: { S: "a" }, n: { N: "2" } } });
await table("DeleteItem", { TableName, Key: { id: { S: "a" } } });
const read = using(changes, "DynamoDBStreams");
const StreamArn = TableDescription.LatestStreamArn;
const { StreamDescription } = await read("DescribeStream", { StreamArn });
const { ShardIterator } = await read("GetShardIterator", {
  StreamArn, ShardId: StreamDescription.Shards[0].ShardId, ShardIteratorType: "TRIM_HORIZON",
});
seen.changes = (await read("GetRecords", { ShardIterator })).Records.map((record) => record.eventName);
await table("DeleteTable", { TableName });

const queue = using(sqs, "SQS");
const fifo = await queue("CreateQueue", {
  QueueName: `${name}.fifo`, Attributes: { FifoQueue: "true", ContentBasedDeduplication: "true" },
});
for (const MessageBody of ["a1", "a1", "a2", "b1"])
  await queue("SendMessage", { QueueUrl: fifo.QueueUrl, MessageBody, MessageGroupId: MessageBody[0] });
const received = await queue("ReceiveMessage", { QueueUrl: fifo.QueueUrl, MaxNumberOfMessages: 10 });
seen.fifo = received.Messages.map((message) => message.Body).sort();
await queue("DeleteQueue", { QueueUrl: fifo.QueueUrl });

const rule = using(events, "EventBridge");
const { QueueUrl } = await queue("CreateQueue", { QueueName: name });
const { Attributes } = await queue("GetQueueAttributes", { QueueUrl, AttributeNames: ["QueueArn"] });
await rule("PutRule", { Name: name, ScheduleExpression: "rate(1 hour)" });
await rule("PutTargets", { Rule: name, Targets: [{ Id: "queue", Arn: Attributes.QueueArn, Input: "\"due\"" }] });
seen.rule = (await rule("DescribeRule", { Name: name })).ScheduleExpression;
console.log(JSON.stringify(seen));
// Its connections of HTTP/2 would keep the process.
process.exit(0);
