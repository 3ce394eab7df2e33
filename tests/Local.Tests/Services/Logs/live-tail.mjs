// A live tail session of the AWS SDK for JavaScript, and what it shows of events that come after its start.
import {
  CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, PutLogEventsCommand, StartLiveTailCommand,
} from "@aws-sdk/client-cloudwatch-logs";

const client = new CloudWatchLogsClient({ endpoint: process.argv[2], maxAttempts: 1, disableHostPrefix: true });
const send = (Command, input) => client.send(new Command(input));
const failed = async (call) => {
  try {
    await call;
  } catch (e) {
    return { name: e.name, status: e.$metadata.httpStatusCode };
  }
};
const logGroupName = "/app/live";
const arn = `arn:aws:logs:us-east-1:000000000000:log-group:${logGroupName}`;
await send(CreateLogGroupCommand, { logGroupName });
for (const logStreamName of ["a", "b"]) await send(CreateLogStreamCommand, { logGroupName, logStreamName });
const put = (logStreamName, ...messages) => send(PutLogEventsCommand, {
  logGroupName, logStreamName, logEvents: messages.map((message) => ({ timestamp: Date.now(), message })),
});

const missing = await failed(send(StartLiveTailCommand, { logGroupIdentifiers: [`${arn}/none`] }));
await put("a", "ERROR before");
const { responseStream } = await send(StartLiveTailCommand, {
  logGroupIdentifiers: [arn], logStreamNames: ["a"], logEventFilterPattern: "ERROR",
});
let started;
const seen = [];
for await (const event of responseStream) {
  if (event.sessionStart) {
    started = [event.sessionStart.logGroupIdentifiers.length, event.sessionStart.logEventFilterPattern];
    await put("b", "ERROR elsewhere");
    await put("a", "ERROR one", "INFO two", "ERROR three ü");
  }
  for (const each of event.sessionUpdate?.sessionResults ?? [])
    seen.push([each.logStreamName, each.logGroupIdentifier, each.message]);
  if (seen.length >= 2) break;
}
console.log(JSON.stringify({ missing, started, seen }));
process.exit(0);
