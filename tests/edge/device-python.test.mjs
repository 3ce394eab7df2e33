// One handler in both languages of the edge: for the same event both return the same.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { handler } from '../../edge/device/index.mjs';
import { exampleEvents, originRequest, requestOf, seeded, viewerRequest } from './events.mjs';

const folder = fileURLToPath(new URL('../../edge/device-python/', import.meta.url));
const seed = Number(process.env.ISOBAR_SEED) || 20261130;

const PROGRAM = `
import json, sys
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
from lambda_function import lambda_handler
def run(event):
    try:
        return {"result": lambda_handler(event, None)}
    except ValueError as error:
        return {"error": str(error)}
print(json.dumps([run(event) for event in json.load(sys.stdin)]))
`;

function inPython(events) {
  const run = spawnSync('python3', ['-c', PROGRAM, folder], {
    input: JSON.stringify(events), encoding: 'utf8', maxBuffer: 2 ** 26, timeout: 60_000,
  });
  if (run.error) throw run.error;
  assert.equal(run.status, 0, run.stderr);
  return JSON.parse(run.stdout);
}

const inNode = (events) => Promise.all(structuredClone(events).map((event) => handler(event).then(
  (result) => ({ result }), (error) => ({ error: error.message }))));

function drawnEvent(random) {
  const one = (...values) => values[Math.floor(random() * values.length)];
  const headers = Object.fromEntries(Object.entries({
    'User-Agent': one('Mobile', 'Mobi iPad', 'Tablet Mobile', 'mobi', 'X11', '', 'Ｍobi', 'Mob\u0130'),
    'Sec-CH-UA-Mobile': one('?0', '?1', '', 'true', '?1 '),
    'X-Isobar-Screen': one('small', 'large', 'Small', ''),
    'CloudFront-Is-Mobile-Viewer': one('true', 'false', 'True', ''),
    'CloudFront-Is-Tablet-Viewer': one('true', 'false', ''),
  }).filter(() => random() < 0.6));
  const uri = one('/a/index.html', '/b/index.html', '/', '/a/small.html', '/jobs.html', '__proto__', 'constructor');
  const event = one(viewerRequest, originRequest)(requestOf({ uri, ...headers }));
  if (random() < 0.05) event.Records[0].cf.config.eventType = one('viewer-response', 'origin-response');
  return event;
}

it(`2,000 drawn events and the examples end alike in Node.js and in Python (ISOBAR_SEED=${seed})`, async (t) => {
  if (spawnSync('python3', ['--version']).error) return t.skip('There is no python3 on the PATH.');
  const random = seeded(seed);
  const events = Array.from({ length: 2_000 }, () => drawnEvent(random));
  for (const name of ['device', 'ab-router']) events.push(...(await exampleEvents(name)).map(([, event]) => event));
  assert.deepEqual(inPython(events), await inNode(events));
});
