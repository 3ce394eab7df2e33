// The SDK for JavaScript speaks RPC v2 CBOR.
import {
  CloudWatchClient, DescribeAlarmsCommand, GetMetricDataCommand, ListMetricsCommand, PutMetricAlarmCommand,
  PutMetricDataCommand, DeleteAlarmsCommand,
} from "@aws-sdk/client-cloudwatch";

const client = new CloudWatchClient({
  endpoint: process.argv[2], region: "us-east-1", maxAttempts: 1,
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
});
const send = (Command, input) => client.send(new Command(input));
const now = new Date();
const Dimensions = [{ Name: "tier", Value: "Zürich" }];

await send(PutMetricDataCommand, {
  Namespace: "app",
  MetricData: Array.from({ length: 200 }, (_, i) => ({
    MetricName: "latency", Dimensions, Timestamp: now, Value: i + 0.5, Unit: "Milliseconds",
  })),
});
const { MetricDataResults } = await send(GetMetricDataCommand, {
  MetricDataQueries: [{
    Id: "m",
    MetricStat: { Metric: { Namespace: "app", MetricName: "latency", Dimensions }, Period: 60, Stat: "Sum" },
  }],
  StartTime: new Date(now.getTime() - 300000), EndTime: new Date(now.getTime() + 300000),
});
await send(PutMetricAlarmCommand, {
  AlarmName: "slow", Namespace: "app", MetricName: "latency", Dimensions, Period: 60, EvaluationPeriods: 1,
  Threshold: 1.5, ComparisonOperator: "GreaterThanThreshold", Statistic: "Average",
});
const alarm = (await send(DescribeAlarmsCommand, { AlarmNames: ["slow"] })).MetricAlarms[0];
let error = "none";
try {
  await send(DeleteAlarmsCommand, { AlarmNames: ["nothing"] });
} catch (e) {
  error = `${e.name} ${e.$metadata.httpStatusCode}`;
}

console.log(JSON.stringify({
  values: MetricDataResults[0].Values,
  times: MetricDataResults[0].Timestamps.map((time) => time instanceof Date && time.getUTCSeconds()),
  metrics: (await send(ListMetricsCommand, { Namespace: "app" })).Metrics.map((metric) => metric.Dimensions[0].Value),
  alarm: [alarm.StateValue, alarm.Threshold, alarm.StateUpdatedTimestamp instanceof Date],
  error,
}));
