// What an application does with CloudWatch Logs, once each, with the AWS SDK for JavaScript.
import {
  CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, DeleteLogGroupCommand,
  DescribeLogGroupsCommand, DescribeLogStreamsCommand, FilterLogEventsCommand, GetLogEventsCommand,
  ListTagsForResourceCommand, paginateFilterLogEvents, PutLogEventsCommand, PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";

const client = new CloudWatchLogsClient({ endpoint: process.argv[2], maxAttempts: 1 });
const logGroupName = "/app/one";
const send = (Command, input) => client.send(new Command(input));
const failed = async (call) => {
  try {
    await call;
  } catch (e) {
    return { name: e.name, status: e.$metadata.httpStatusCode };
  }
};

await send(CreateLogGroupCommand, { logGroupName, tags: { env: "testing" } });
await send(PutRetentionPolicyCommand, { logGroupName, retentionInDays: 30 });
await send(CreateLogStreamCommand, { logGroupName, logStreamName: "s" });
const timestamp = Date.now();
const put = await send(PutLogEventsCommand, {
  logGroupName, logStreamName: "s",
  logEvents: [1, 2, 3].map((level) => ({ timestamp, message: JSON.stringify({ level, text: "ü" }) })),
});
const [group] = (await send(DescribeLogGroupsCommand, { logGroupNamePrefix: "/app" })).logGroups;
const [stream] = (await send(DescribeLogStreamsCommand, { logGroupName })).logStreams;
const got = await send(GetLogEventsCommand, { logGroupName, logStreamName: "s", startFromHead: true });
const pages = [];
for await (const page of paginateFilterLogEvents(
  { client, pageSize: 1 }, { logGroupName, filterPattern: "{ $.level >= 2 }" },
)) pages.push(page.events.map((event) => JSON.parse(event.message).level));
const answers = {
  group: [group.logGroupName, group.retentionInDays, group.logGroupClass],
  tags: (await send(ListTagsForResourceCommand, { resourceArn: group.logGroupArn })).tags,
  stream: [stream.logStreamName, stream.lastEventTimestamp === timestamp],
  token: put.nextSequenceToken.length,
  got: got.events.map((event) => event.message),
  pages,
  missing: await failed(send(GetLogEventsCommand, { logGroupName, logStreamName: "x" })),
  refused: await failed(send(FilterLogEventsCommand, { logGroupName, filterPattern: "a:b" })),
};
await send(DeleteLogGroupCommand, { logGroupName });
answers.left = (await send(DescribeLogGroupsCommand, {})).logGroups.length;
console.log(JSON.stringify(answers));
