// The whole life of a function by the AWS SDK for JavaScript, with its own waiters; prints what it saw as JSON.
import { CloudWatchClient, GetMetricStatisticsCommand } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import * as lambda from "@aws-sdk/client-lambda";
import { readFile } from "node:fs/promises";

const [endpoint, FunctionName, Runtime, Handler, Role, first, second, read, describe] = process.argv.slice(2);
const client = new lambda.LambdaClient({ endpoint });
const send = (operation, input = {}) => client.send(new lambda[`${operation}Command`]({ FunctionName, ...input }));
const waiting = { client, maxWaitTime: 60 };
const invoke = async (Payload, Qualifier) => {
  const answer = await send("Invoke", { Payload, Qualifier });
  return [JSON.parse(answer.Payload.transformToString()), answer.ExecutedVersion, answer.$metadata.requestId];
};
// Each look is a request, and what is looked for is under way.
const until = async (look) => {
  for (const end = Date.now() + 30_000; Date.now() < end;) {
    const seen = await look();
    if (seen) return seen;
  }
  throw new Error(`Not seen: ${look}`);
};

const seen = {};
const created = await send("CreateFunction", {
  Runtime, Handler, Role, MemorySize: 512, Timeout: 30, Code: { ZipFile: await readFile(first) },
});
seen.created = created.State;
await lambda.waitUntilFunctionActiveV2(waiting, { FunctionName });
seen.active = (await send("GetFunctionConfiguration")).State;
const [word, , requestId] = await invoke(read);
seen.first = word;
seen.published = (await send("PublishVersion")).Version;

seen.updated = (await send("UpdateFunctionCode", { ZipFile: await readFile(second) })).CodeSha256;
await lambda.waitUntilFunctionUpdatedV2(waiting, { FunctionName });
seen.second = (await send("PublishVersion")).Version;
seen.still = (await invoke(read, "1"))[0];

const Name = "live";
await send("CreateAlias", { Name, FunctionVersion: "1", RoutingConfig: { AdditionalVersionWeights: { 2: 1 } } });
seen.weighted = (await invoke(read, Name)).slice(0, 2);
await send("UpdateAlias", { Name, FunctionVersion: "2", RoutingConfig: { AdditionalVersionWeights: {} } });
seen.moved = (await invoke(read, Name)).slice(0, 2);

const provisioned = { Qualifier: Name };
seen.asked = (await send(
  "PutProvisionedConcurrencyConfig", { ...provisioned, ProvisionedConcurrentExecutions: 1 })).Status;
await until(async () => (await send("GetProvisionedConcurrencyConfig", provisioned)).Status === "READY");
seen.provisioned = (await invoke(describe, Name))[0].AWS_LAMBDA_INITIALIZATION_TYPE;

const logs = new CloudWatchLogsClient({ endpoint });
seen.logged = await until(async () => (await logs.send(new FilterLogEventsCommand({
  logGroupName: `/aws/lambda/${FunctionName}`, filterPattern: `"REPORT RequestId: ${requestId}"`,
}))).events.length === 1);
const cloudWatch = new CloudWatchClient({ endpoint });
const day = 86_400_000;
seen.invocations = await until(async () => {
  const found = await cloudWatch.send(new GetMetricStatisticsCommand({
    Namespace: "AWS/Lambda", MetricName: "Invocations", Dimensions: [{ Name: "FunctionName", Value: FunctionName }],
    Statistics: ["Sum"], Period: 86_400, StartTime: new Date(Date.now() - day), EndTime: new Date(Date.now() + day),
  }));
  const sum = found.Datapoints.reduce((all, point) => all + point.Sum, 0);
  return sum >= 5 && sum;
});
await send("DeleteFunction");
seen.gone = await send("GetFunction").then(() => "still there", (e) => e.name);
console.log(JSON.stringify(seen));
