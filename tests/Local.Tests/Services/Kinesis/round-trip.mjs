// A Kinesis stream through the SDK for JavaScript.
import {
  CreateStreamCommand, DescribeStreamSummaryCommand, GetRecordsCommand, GetShardIteratorCommand, KinesisClient,
  ListShardsCommand, PutRecordCommand, PutRecordsCommand, SplitShardCommand, UpdateStreamModeCommand,
  waitUntilStreamExists,
} from "@aws-sdk/client-kinesis";
import { NodeHttpHandler } from "@smithy/node-http-handler";

const version = process.argv[3];
// By default this client speaks HTTP/2 to every address.
const options = version === "1.1" ? { requestHandler: new NodeHttpHandler() } : {};
const client = new KinesisClient({ endpoint: process.argv[2], maxAttempts: 1, ...options });
const StreamName = "readings";
const send = (Command, input) => client.send(new Command({ StreamName, ...input }));
const failed = async (call) => {
  try {
    await call;
  } catch (e) {
    return { name: e.name, message: e.message, status: e.$metadata.httpStatusCode };
  }
};

await send(CreateStreamCommand, { ShardCount: 1 });
await waitUntilStreamExists({ client, maxWaitTime: 30 }, { StreamName });
await send(PutRecordCommand, { Data: Buffer.from("wärme"), PartitionKey: "a" });
const many = await send(PutRecordsCommand, {
  Records: ["b", "c"].map((key) => ({ Data: Buffer.from(key), PartitionKey: key })),
});
const ShardId = "shardId-000000000000";
const { ShardIterator } = await send(GetShardIteratorCommand, {
  ShardId, ShardIteratorType: "AT_TIMESTAMP", Timestamp: new Date(0),
});
const read = await client.send(new GetRecordsCommand({ ShardIterator, Limit: 2 }));
const rest = await client.send(new GetRecordsCommand({ ShardIterator: read.NextShardIterator }));
await send(SplitShardCommand, { ShardToSplit: ShardId, NewStartingHashKey: "1000" });
const shards = [];
for (let page, input = { StreamName }; input; input = page.NextToken && { NextToken: page.NextToken }) {
  page = await client.send(new ListShardsCommand({ ...input, MaxResults: 1 }));
  shards.push(...page.Shards);
}
const { StreamDescriptionSummary: summary } = await send(DescribeStreamSummaryCommand, {});
console.log(JSON.stringify({
  failed: many.FailedRecordCount,
  texts: [...read.Records, ...rest.Records].map((record) => Buffer.from(record.Data).toString()),
  dated: read.Records[0].ApproximateArrivalTimestamp instanceof Date, behind: rest.MillisBehindLatest,
  shards: shards.map((shard) => [shard.ShardId.slice(-1), shard.ParentShardId?.slice(-1) ?? null]),
  open: summary.OpenShardCount,
  missing: await failed(client.send(new DescribeStreamSummaryCommand({ StreamName: "none" }))),
  mode: await failed(client.send(new UpdateStreamModeCommand({
    StreamARN: summary.StreamARN, StreamModeDetails: { StreamMode: "ON_DEMAND" },
  }))) ?? null,
}));
client.destroy();
