// Sends each request that must be refused and prints what the SDK makes of the answer.
import { readFileSync } from "node:fs";
import * as sqs from "@aws-sdk/client-sqs";

const [endpoint, casesFile] = process.argv.slice(2);
const client = new sqs.SQSClient({ endpoint, maxAttempts: 1 });
const errors = [];
for (const [operation, input] of JSON.parse(readFileSync(casesFile, "utf8"))) {
  try {
    await client.send(new sqs[`${operation}Command`](input));
    errors.push(null);
  } catch (e) {
    errors.push({ name: e.name, code: e.Code ?? e.name, status: e.$metadata?.httpStatusCode, message: e.message });
  }
}
console.log(JSON.stringify(errors));
