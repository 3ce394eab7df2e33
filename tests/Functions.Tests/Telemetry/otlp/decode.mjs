// Decodes export requests by the schema that OpenTelemetry publishes, as its own package for JavaScript brings it.
//   node decode.mjs FILE    FILE: a JSON array of {kind: 'v1/logs' | 'v1/traces', body: base64}
// Prints a JSON array of {message, exact}: exact, if the schema's own encoder writes the message in the same bytes.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { collector } = require('@opentelemetry/otlp-transformer/build/src/generated/root.js').opentelemetry.proto;
const types = {
  'v1/logs': collector.logs.v1.ExportLogsServiceRequest,
  'v1/traces': collector.trace.v1.ExportTraceServiceRequest,
};

const decoded = JSON.parse(readFileSync(process.argv[2], 'utf8')).map(({ kind, body }) => {
  const bytes = Buffer.from(body, 'base64');
  const message = types[kind].decode(bytes);
  return {
    exact: Buffer.from(types[kind].encode(message).finish()).equals(bytes),
    message: types[kind].toObject(message, { longs: String, bytes: String, arrays: true }),
  };
});
process.stdout.write(JSON.stringify(decoded));
