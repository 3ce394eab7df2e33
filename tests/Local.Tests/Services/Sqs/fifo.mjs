// A FIFO queue through the SDK: order within a group, and what a duplicate is answered with.
import {
  CreateQueueCommand, DeleteMessageBatchCommand, ReceiveMessageCommand, SQSClient, SendMessageBatchCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";

const client = new SQSClient({ endpoint: process.argv[2], maxAttempts: 1 });
const send = (Command, input) => client.send(new Command(input));
const receive = async (QueueUrl) => (await send(ReceiveMessageCommand, {
  QueueUrl, MaxNumberOfMessages: 2, MessageSystemAttributeNames: ["All"],
})).Messages ?? [];

const { QueueUrl } = await send(CreateQueueCommand, { QueueName: "orders.fifo", Attributes: { FifoQueue: "true" } });
const entry = (body, group) => ({ Id: body, MessageBody: body, MessageGroupId: group, MessageDeduplicationId: body });
const sent = await send(SendMessageBatchCommand, {
  QueueUrl, Entries: [entry("a1", "a"), entry("b1", "b"), entry("a2", "a"), entry("a3", "a")],
});
const { Id, ...message } = entry("a1", "a");
const again = await send(SendMessageCommand, { QueueUrl, ...message });
const received = [];
for (let batch = await receive(QueueUrl); batch.length > 0; batch = await receive(QueueUrl)) {
  received.push(batch.map((m) => m.Body));
  await send(DeleteMessageBatchCommand, {
    QueueUrl, Entries: batch.map((m) => ({ Id: m.Body, ReceiptHandle: m.ReceiptHandle })),
  });
}
console.log(JSON.stringify({
  sameMessage: again.MessageId === sent.Successful[0].MessageId,
  sameNumber: again.SequenceNumber === sent.Successful[0].SequenceNumber,
  received,
}));
