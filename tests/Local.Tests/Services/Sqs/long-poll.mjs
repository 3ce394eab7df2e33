// A consumer that waits before the producer sends.
import { ReceiveMessageCommand, SQSClient, SendMessageCommand } from "@aws-sdk/client-sqs";

const [endpoint, QueueUrl] = process.argv.slice(2);
const client = new SQSClient({ endpoint, maxAttempts: 1 });
const began = performance.now();
const receive = client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20, MaxNumberOfMessages: 10 }));
await client.send(new SendMessageCommand({ QueueUrl, MessageBody: "at last" }));
const { Messages } = await receive;
console.log(JSON.stringify({ bodies: Messages.map(m => m.Body), milliseconds: performance.now() - began }));
