// A bucket that the host names, and keys that begin with a slash.
import { Agent } from "node:http";
import {
  GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client,
} from "@aws-sdk/client-s3";

// Every name below localhost is this machine (RFC 6761), whether or not its resolver knows.
const lookup = (name, options, done) =>
  options.all ? done(null, [{ address: "127.0.0.1", family: 4 }]) : done(null, "127.0.0.1", 4);
const client = new S3Client({
  endpoint: `http://s3.us-east-1.localhost:${new URL(process.argv[2]).port}`, maxAttempts: 1,
  requestHandler: { httpAgent: new Agent({ lookup }) },
});
const hosts = new Set();
client.middlewareStack.add((next) => (call) => {
  hosts.add(call.request.hostname);
  return next(call);
}, { step: "finalizeRequest", priority: "low" });

const send = (Command, input) => client.send(new Command({ Bucket: "landing", ...input }));
await send(PutObjectCommand, { Key: "/in/front", Body: "slash" });
await send(PutObjectCommand, { Key: "a b+ü", Body: "plain" });
const got = await send(GetObjectCommand, { Key: "/in/front" });
const keys = (await send(ListObjectsV2Command, {})).Contents.map((each) => each.Key);
console.log(JSON.stringify({ body: await got.Body.transformToString(), keys, hosts: [...hosts] }));
