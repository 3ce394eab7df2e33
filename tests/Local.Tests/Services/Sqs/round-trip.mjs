// Every operation once, as an application would use them; the SDK itself verifies the digests of bodies.
import {
  ChangeMessageVisibilityBatchCommand, ChangeMessageVisibilityCommand, CreateQueueCommand, DeleteMessageBatchCommand,
  DeleteMessageCommand, DeleteQueueCommand, GetQueueAttributesCommand, GetQueueUrlCommand, ListQueuesCommand,
  PurgeQueueCommand, ReceiveMessageCommand, SQSClient, SendMessageBatchCommand, SendMessageCommand,
  SetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";

const client = new SQSClient({ endpoint: process.argv[2], maxAttempts: 1 });
const send = (Command, input) => client.send(new Command(input));
const answers = {};

const { QueueUrl } = await send(CreateQueueCommand, { QueueName: "chunks", Attributes: { VisibilityTimeout: "60" } });
answers.queueUrl = QueueUrl;
answers.again = (await send(CreateQueueCommand, { QueueName: "chunks" })).QueueUrl;
answers.found = (await send(GetQueueUrlCommand, { QueueName: "chunks" })).QueueUrl;
answers.listed = (await send(ListQueuesCommand, { QueueNamePrefix: "chu" })).QueueUrls;
await send(SetQueueAttributesCommand, { QueueUrl, Attributes: { MaximumMessageSize: "2048" } });

const sent = await send(SendMessageCommand, {
  QueueUrl,
  MessageBody: "{\"key\":\"Zürich <&> \u{1F327}\"}\n",
  MessageAttributes: {
    Station: { DataType: "String", StringValue: "SZ000006717" },
    Rows: { DataType: "Number.int", StringValue: "390000" },
    Mark: { DataType: "Binary", BinaryValue: new Uint8Array([0, 1, 254, 255]) },
  },
  MessageSystemAttributes: {
    AWSTraceHeader: { DataType: "String", StringValue: "Root=1-5759e988-bd862e3fe1be46a994272793" },
  },
});
answers.sent = sent;
const [message] = (await send(ReceiveMessageCommand, {
  QueueUrl, MessageAttributeNames: ["All"], MessageSystemAttributeNames: ["All"], WaitTimeSeconds: 1,
})).Messages;
answers.received = { ...message, sameMark: Buffer.from(message.MessageAttributes.Mark.BinaryValue).toString("hex") };
await send(ChangeMessageVisibilityCommand, { QueueUrl, ReceiptHandle: message.ReceiptHandle, VisibilityTimeout: 120 });
answers.inFlight = (await send(GetQueueAttributesCommand, { QueueUrl, AttributeNames: ["All"] })).Attributes;
await send(DeleteMessageCommand, { QueueUrl, ReceiptHandle: message.ReceiptHandle });

answers.batch = await send(SendMessageBatchCommand, {
  QueueUrl, Entries: [
    { Id: "one", MessageBody: "1" }, { Id: "two", MessageBody: "2" }, { Id: "long", MessageBody: "x".repeat(2049) },
  ],
});
const batch = (await send(ReceiveMessageCommand, { QueueUrl, MaxNumberOfMessages: 10 })).Messages;
answers.visibility = await send(ChangeMessageVisibilityBatchCommand, {
  QueueUrl, Entries: batch.map((m, i) => ({ Id: `m${i}`, ReceiptHandle: m.ReceiptHandle, VisibilityTimeout: 1 })),
});
answers.deleted = await send(DeleteMessageBatchCommand, {
  QueueUrl, Entries: [
    ...batch.map((m, i) => ({ Id: `m${i}`, ReceiptHandle: m.ReceiptHandle })), { Id: "bad", ReceiptHandle: "nonsense" },
  ],
});
await send(PurgeQueueCommand, { QueueUrl });
answers.empty = await send(ReceiveMessageCommand, { QueueUrl });
await send(DeleteQueueCommand, { QueueUrl });
for (const answer of Object.values(answers)) delete answer.$metadata;
console.log(JSON.stringify(answers));
