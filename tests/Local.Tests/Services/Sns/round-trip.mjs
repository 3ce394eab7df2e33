// Every operation once, as an application would use them.
import {
  CreateTopicCommand, DeleteTopicCommand, GetSubscriptionAttributesCommand, GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand, ListSubscriptionsCommand, ListTopicsCommand, PublishBatchCommand, PublishCommand,
  SetSubscriptionAttributesCommand, SNSClient, SubscribeCommand, UnsubscribeCommand,
} from "@aws-sdk/client-sns";

const client = new SNSClient({ endpoint: process.argv[2], maxAttempts: 1 });
const send = (Command, input) => client.send(new Command(input));
const answers = {};

const { TopicArn } = await send(CreateTopicCommand, { Name: "quality", Attributes: { DisplayName: "Quality" } });
answers.topicArn = TopicArn;
answers.topics = (await send(ListTopicsCommand, {})).Topics.map((topic) => topic.TopicArn);
answers.topic = (await send(GetTopicAttributesCommand, { TopicArn })).Attributes;
const { SubscriptionArn } = await send(SubscribeCommand, {
  TopicArn, Protocol: "sqs", Endpoint: "arn:aws:sqs:us-east-1:000000000000:audit",
  Attributes: { FilterPolicy: "{\"kind\":[\"rain\"]}" }, ReturnSubscriptionArn: true,
});
answers.subscriptionArn = SubscriptionArn;
await send(
    SetSubscriptionAttributesCommand, { SubscriptionArn, AttributeName: "RawMessageDelivery", AttributeValue: "true" });
answers.subscription = (await send(GetSubscriptionAttributesCommand, { SubscriptionArn })).Attributes;
answers.byTopic = (await send(ListSubscriptionsByTopicCommand, { TopicArn })).Subscriptions;
answers.all = (await send(ListSubscriptionsCommand, {})).Subscriptions;
answers.published = (await send(PublishCommand, {
  TopicArn, Message: "Zürich <&> \u{1F327}", Subject: "Storm",
  MessageAttributes: {
    kind: { DataType: "String", StringValue: "rain" },
    mark: { DataType: "Binary", BinaryValue: new Uint8Array([0, 1, 254, 255]) },
  },
})).MessageId;
answers.batch = await send(PublishBatchCommand, {
  TopicArn,
  PublishBatchRequestEntries: [
    { Id: "one", Message: "first", MessageAttributes: { kind: { DataType: "String", StringValue: "rain" } } },
    { Id: "two", Message: "second" },
  ],
});
await send(UnsubscribeCommand, { SubscriptionArn });
await send(DeleteTopicCommand, { TopicArn });
answers.after = (await send(ListTopicsCommand, {})).Topics.length;
try {
  await send(PublishCommand, { TopicArn, Message: "m" });
} catch (e) {
  answers.error = { name: e.name, status: e.$metadata.httpStatusCode, message: e.message };
}
console.log(JSON.stringify(answers));
