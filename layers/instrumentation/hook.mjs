// The instruments of a function in Node.js: the wrapper has it imported before the runtime. It registers an internal
// extension, times outgoing HTTP calls (fetch, and node:http and https) by Node's own diagnostics channels, and writes the
// same lines as the startup hook for .NET. README.md describes them. Nothing of it may fail the function.
import { subscribe } from "node:diagnostics_channel";
import { randomBytes } from "node:crypto";
import { writeSync } from "node:fs";
import { request } from "node:http";
import { performance, PerformanceObserver } from "node:perf_hooks";

const api = process.env.AWS_LAMBDA_RUNTIME_API;
const functionName = process.env.AWS_LAMBDA_FUNCTION_NAME;
// Ours, as in CallLog.cs and InvocationReport.cs.
const maxUnderWay = 1_000, maxHosts = 20, maxPartLength = 40, maxParts = 8, maxFailures = 10;

const underWay = new Map();
const hosts = new Set();
let invocation = {}, invocations = 0, gcPause = 0, gcCount = 0;

// Past console, which the runtime takes over. A pipe is written to at once.
const write = (line) => { try { writeSync(1, JSON.stringify(line) + "\n"); } catch { /* nobody reads the log */ } };
const complain = (reason) => { try { writeSync(2, `instrumentation: ${reason}\n`); } catch { /* likewise */ } };

const metrics = (dimensions, list) => ({
  Timestamp: Date.now(),
  CloudWatchMetrics: [{
    Namespace: "Instrumentation", Dimensions: [dimensions], Metrics: list.map(([Name, Unit]) => ({ Name, Unit })),
  }],
});

// No query, and * for each part that has a digit or is long: it may identify somebody or be a secret.
const isPlain = (part) => part.length <= maxPartLength && (!/\d/.test(part) || /^v\d{1,2}$/.test(part));
function route(path) {
  const parts = path.split(/[?#]/)[0].split("/").map((part) => (isPlain(part) ? part : "*"));
  return parts.length <= maxParts ? parts.join("/") : parts.slice(0, maxParts).join("/") + "/…";
}

function begin(call, method, host, path) {
  if (host === api || underWay.size >= maxUnderWay) return;
  underWay.set(call, { method, host, path, start: new Date().toISOString(), since: performance.now() });
}

// An invocation's end can't be seen here, so a call is written when it ends: its metrics, and its span.
function end(call, status) {
  const made = underWay.get(call);
  if (!made) return;
  underWay.delete(call);
  const durationMs = Math.round((performance.now() - made.since) * 1_000) / 1_000;
  const fault = !status || status >= 500;
  if (hosts.size < maxHosts) hosts.add(made.host);
  write({
    _aws: metrics(["FunctionName", "Host"], [["HttpDuration", "Milliseconds"], ["HttpFaults", "Count"]]),
    FunctionName: functionName, Host: hosts.has(made.host) ? made.host : "other", requestId: invocation.requestId,
    HttpDuration: [durationMs], HttpFaults: fault ? 1 : 0,
  });
  write({
    ...invocation.trace, requestId: invocation.requestId,
    spans: [{
      id: randomBytes(8).toString("hex"), start: made.start, durationMs, method: made.method, host: made.host,
      route: route(made.path), ...(status ? { status } : {}), fault,
    }],
  });
}

// The events of fetch.
const hostOf = (origin) => new URL(origin).host;
subscribe("undici:request:create", ({ request: made }) => begin(made, made.method, hostOf(made.origin), made.path));
subscribe("undici:request:headers", ({ request: made, response }) => end(made, response.statusCode));
subscribe("undici:request:error", ({ request: made }) => end(made, 0));

// The events of node:http and node:https.
const standard = { "http:": 80, "https:": 443 };
subscribe("http.client.request.start", ({ request: made }) => {
  const port = made.socket?.remotePort ?? made.agent?.defaultPort;
  const [host, named] = String(made.getHeader("host") ?? made.host).split(":");
  const own = named ?? (port && port !== standard[made.protocol] ? port : undefined);
  begin(made, made.method, own ? `${host}:${own}` : host, made.path);
});
subscribe("http.client.response.finish", ({ request: made, response }) => end(made, response.statusCode));
subscribe("http.client.request.error", ({ request: made }) => end(made, 0));

// The runtime's own figures of the invocation before, when the next one begins.
function writeRuntime(coldStart) {
  write({
    _aws: metrics(["FunctionName"], [["HeapSize", "Bytes"], ["GcPause", "Milliseconds"], ["GcCount", "Count"]]),
    FunctionName: functionName, requestId: invocation.requestId, coldStart,
    HeapSize: process.memoryUsage().heapUsed, GcPause: Math.round(gcPause * 1_000) / 1_000, GcCount: gcCount,
  });
  gcPause = gcCount = 0;
}

function attend(event) {
  if (invocations > 0) writeRuntime(invocations === 1);
  invocations++;
  const trace = Object.fromEntries((event.tracing?.value ?? "").split(";").map((part) => part.split("=")));
  invocation = {
    requestId: event.requestId,
    trace: { traceId: trace.Root, parentId: trace.Parent, sampled: trace.Sampled === "1" },
  };
}

// A call of the Extensions API. The runtime waits until the event loop is empty, so the poll must not count there.
const call = (method, path, headers, body, isPoll = false) => new Promise((resolve, reject) => {
  const [host, port] = api.split(":");
  const made = request({ host, port, method, path: `/2020-01-01/extension/${path}`, headers, agent: false }, (answer) => {
    let text = "";
    answer.setEncoding("utf8").on("data", (chunk) => { text += chunk; }).on("error", reject)
      .on("end", () => resolve({ status: answer.statusCode, headers: answer.headers, text }));
  });
  made.on("socket", (socket) => isPoll && socket.unref()).on("error", reject).end(body);
});

async function listen(identifier) {
  // Lambda waits for the next request of a registered extension, so it is asked again whatever has failed.
  for (let failures = 0; failures < maxFailures;) {
    try {
      const { status, text } =
        await call("GET", "event/next", { "Lambda-Extension-Identifier": identifier }, undefined, true);
      if (status !== 200) throw new Error(`Lambda answered ${status} ${text}`);
      attend(JSON.parse(text));
      failures = 0;
    } catch (failure) {
      if (failures++ === 0) complain(failure.message);
    }
  }
}

if (api) {
  try {
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) { gcPause += duration; gcCount++; }
    }).observe({ entryTypes: ["gc"] });
    const { status, headers, text } = await call("POST", "register", {
      "Lambda-Extension-Name": "instrumentation", "Content-Type": "application/json",
    }, '{"events":["INVOKE"]}');
    if (status === 200) listen(headers["lambda-extension-identifier"]);
    else complain(`the extension was not registered: ${status} ${text}`);
  } catch (failure) {
    complain(failure.message);
  }
}
