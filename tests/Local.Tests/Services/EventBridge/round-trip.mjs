// Every operation once, as an application would use them.
import * as events from "@aws-sdk/client-eventbridge";

const client = new events.EventBridgeClient({ endpoint: process.argv[2], maxAttempts: 1 });
const send = (operation, input) => client.send(new events[`${operation}Command`](input));
const answers = {};
const EventBusName = "ops";
const Rule = "failed";

answers.bus = (await send("CreateEventBus", { Name: EventBusName, Description: "Operations" })).EventBusArn;
answers.created = (await send("DescribeEventBus", { Name: EventBusName })).CreationTime instanceof Date;
answers.buses = (await send("ListEventBuses", {})).EventBuses.map((bus) => bus.Name);
answers.rule = (await send("PutRule", {
  Name: Rule, EventBusName, EventPattern: JSON.stringify({ source: ["isobar"] }), State: "ENABLED",
})).RuleArn;
await send("DisableRule", { Name: Rule, EventBusName });
answers.state = (await send("DescribeRule", { Name: Rule, EventBusName })).State;
await send("EnableRule", { Name: Rule, EventBusName });
answers.rules = (await send("ListRules", { EventBusName })).Rules.map((rule) => rule.Name);
answers.put = await send("PutTargets", {
  Rule, EventBusName,
      Targets: [{ Id: "audit", Arn: "arn:aws:sqs:us-east-1:000000000000:audit", InputPath: "$.detail" }],
});
answers.targets = (await send("ListTargetsByRule", { Rule, EventBusName })).Targets;
answers.tried = (await send("TestEventPattern", { EventPattern: "{\"a\":[1]}", Event: "{\"a\":1}" })).Result;
answers.events = await send("PutEvents", {
  Entries: [
    { EventBusName, Source: "isobar", DetailType: "Import", Detail: "{\"city\":\"Zürich\"}", Time: new Date(),
        Resources: ["arn:a"] },
    { EventBusName, Source: "isobar", DetailType: "Import", Detail: "no" },
  ],
});
try {
  await send("DescribeRule", { Name: "none" });
} catch (e) {
  answers.error = { name: e.name, status: e.$metadata.httpStatusCode, message: e.message };
}
await send("RemoveTargets", { Rule, EventBusName, Ids: ["audit"] });
await send("DeleteRule", { Name: Rule, EventBusName });
await send("DeleteEventBus", { Name: EventBusName });
console.log(JSON.stringify(answers));
