// Runs one edge function for the local distribution: node runner.mjs <socket> <folder> <handler>.
// One line of JSON comes in an event, one goes out an answer; the console stays the function's own.
import { existsSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [socketPath, folder, handlerName] = process.argv.slice(2);
const socket = createConnection(socketPath);
// The distribution is gone, or wants no more of this process.
socket.on('close', () => process.exit(0));
socket.on('error', () => process.exit(0));
socket.on('end', () => process.exit(0));

const say = (message) => socket.write(`${JSON.stringify(message)}\n`);
const describe = (error) => ({ type: error?.name ?? typeof error, message: String(error?.message ?? error) });

async function load() {
  const dot = handlerName.lastIndexOf('.');
  const file = ['.js', '.mjs', '.cjs'].map((end) => join(folder, handlerName.slice(0, dot) + end)).find(existsSync);
  if (!file) throw new Error(`Cannot find module '${handlerName.slice(0, dot)}'`);
  const module = await import(pathToFileURL(file));
  const name = handlerName.slice(dot + 1);
  const handler = module[name] ?? module.default?.[name];
  if (typeof handler !== 'function') throw new Error(`${handlerName} is undefined or not exported`);
  return handler;
}

/** As the managed runtime does: a promise, a callback, or, of a function that takes no callback, nothing. */
function run(handler, event, context) {
  return new Promise((resolve, reject) => {
    const callback = (error, result) => (error ? reject(error) : resolve(result));
    const returned = handler(event, context, callback);
    if (typeof returned?.then === 'function') returned.then(resolve, reject);
    else if (handler.length < 3) resolve(undefined);
  });
}

function contextOf({ timeoutMs, ...facts }) {
  const deadline = Date.now() + timeoutMs;
  return { ...facts, callbackWaitsForEmptyEventLoop: true, getRemainingTimeInMillis: () => deadline - Date.now() };
}

async function answer(handler, line) {
  const { event, context } = JSON.parse(line);
  try {
    say({ result: (await run(handler, event, contextOf(context))) ?? null });
  } catch (error) {
    console.error(error);
    say({ error: describe(error) });
  }
}

socket.on('connect', async () => {
  let handler;
  try {
    handler = await load();
  } catch (error) {
    console.error(error);
    socket.end(`${JSON.stringify({ failed: describe(error) })}\n`);
    return;
  }

  // There is one event at a time, so one line at a time; a long one comes in pieces.
  let unfinished = '';
  socket.setEncoding('utf8');
  socket.on('data', (piece) => {
    unfinished += piece;
    if (!piece.endsWith('\n')) return;
    const line = unfinished;
    unfinished = '';
    answer(handler, line);
  });
  say({ ready: process.version });
});
