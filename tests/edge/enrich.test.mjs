import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { describe, it } from 'node:test';
import { createHandler, handler as packaged } from '../../edge/enrich/index.mjs';
import * as settings from '../../edge/enrich/settings.mjs';
import { exampleEvents, originRequest, originResponse, requestOf, viewerRequest } from './events.mjs';

const job = (i = 1, more = {}) => ({
  id: `j${i}`, key: `csv/by_station/S${i}.csv`, state: 'finished', landedAt: '2026-01-12T12:00:00+00:00',
  chunks: { done: 1, failed: 0, total: 1 }, counts: { rows: 12_345, accepted: 12_000 }, ...more,
});
const json = (body, status = 200) => (response) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

/** Runs a test with an API of its own. */
async function withApi(answer, test) {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    answer(response);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  try {
    await test(`http://127.0.0.1:${server.address().port}/live`, asked);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const NOW = Date.UTC(2026, 0, 12, 12, 30);
// Longer than any answer takes on a busy machine; what never answers is waited for no longer than SHORT_MS.
const LONG_MS = 20_000, SHORT_MS = 100;
const handlerWithin = (limit) => createHandler({ settings: { ...settings, TIME_LIMIT_MS: limit }, now: () => NOW });
const handler = handlerWithin(LONG_MS);
const ask = (api, headers = {}, limit = LONG_MS) =>
  handlerWithin(limit)(originRequest(requestOf({ uri: '/jobs.html', ...headers }), api ? { 'X-Isobar-Api': api } : {}));
const isTheOriginsPage = (answer) => assert.equal(answer.uri, '/jobs.html');

describe('enrich, origin-request', () => {
  it('generates the page with the newest jobs', () => withApi(json({ jobs: [job(1), job(2)] }), async (api, asked) => {
    const { status, headers, body } = await ask(api);
    assert.equal(status, '200');
    assert.deepEqual(asked, [`/live/jobs?limit=${settings.ROWS.large}`]);
    assert.match(body, /S1\.csv[^]*12,000 of 12,345[^]*S2\.csv/);
    assert.match(body, /As of 2026-01-12 12:30:00 UTC/);
    assert.equal(headers['cache-control'][0].value, 'max-age=10');
    assert.equal(headers['content-type'][0].value, 'text/html; charset=utf-8');
    assert.ok(headers['content-security-policy'] && headers['strict-transport-security']);
  }));

  it('asks for fewer jobs for a small screen', () => withApi(json({ jobs: [job()] }), async (api, asked) => {
    assert.match((await ask(`${api}/`, { 'X-Isobar-Screen': 'small' })).body, /data-screen="small"/);
    assert.match((await ask(api, { 'X-Isobar-Screen': 'huge' })).body, /data-screen="large"/);
    assert.deepEqual(asked, [`/live/jobs?limit=${settings.ROWS.small}`, `/live/jobs?limit=${settings.ROWS.large}`]);
  }));

  it('shows no more than it asked for, and says when there is none', async () => {
    const many = Array.from({ length: 100 }, (_, i) => job(i));
    await withApi(json({ jobs: many }), async (api) =>
      assert.equal((await ask(api)).body.match(/<tr>/g).length, settings.ROWS.large + 1));
    await withApi(json({ jobs: [] }), async (api) => assert.match((await ask(api)).body, /No file has landed yet/));
  });

  it('writes what comes from outside as text', () => {
    const key = `"><script>alert('&')</script>`;
    return withApi(json({ jobs: [job(1, { key, state: key, landedAt: key })] }), async (api) => {
      const { body } = await ask(api);
      assert.doesNotMatch(body, /<script|alert\('/);
      assert.match(body, /&quot;&gt;&lt;script&gt;alert\(&#39;&amp;&#39;\)/);
    });
  });

  const slowly = (response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(timer));
  };
  const never = () => {};
  const endless = new Set([never, slowly]);
  for (const [name, answer] of Object.entries({
    'no answer': never,
    'an answer that never ends': slowly,
    'a closed connection': (response) => response.destroy(),
    'a 500': json({}, 500),
    'a 202': json({ jobs: [] }, 202),
    'a redirect': (response) => response.writeHead(302, { location: '/' }).end(),
    'no JSON': (response) => response.end('<html>'),
    'JSON without jobs': json({}),
    'null': json(null),
    'jobs that are none': json({ jobs: [{ key: 1 }] }),
    'a job without counts': json({ jobs: [job(1, { counts: null })] }),
    'more bytes than it reads': json({ jobs: [job(1, { key: 'x'.repeat(300_000) })] }),
  })) it(`serves the origin's page within the limit if the API answers ${name}`, (t) => withApi(answer, async (api) => {
    const lines = [];
    t.mock.method(console, 'warn', (line) => lines.push(JSON.parse(line)));
    const begun = performance.now();
    isTheOriginsPage(await ask(api, {}, endless.has(answer) ? SHORT_MS : LONG_MS));
    assert.ok(performance.now() - begun < LONG_MS / 2, 'nobody waits for the end of it');
    assert.equal(lines.length, 1);
    assert.equal(lines[0].message, 'The page is served without jobs');
  }));

  it("serves the origin's page if nobody listens, and if no address is set", async (t) => {
    t.mock.method(console, 'warn', () => {});
    isTheOriginsPage(await ask('http://127.0.0.1:9/live'));
    isTheOriginsPage(await ask('no address'));
    isTheOriginsPage(await ask(undefined));
  });

  it('leaves other pages as they are without asking', () => withApi(json({ jobs: [] }), async (api, asked) => {
    const request = requestOf({ uri: '/a/index.html' });
    const event = originRequest(request, { 'X-Isobar-Api': api });
    const before = structuredClone(event.Records[0].cf.request);
    assert.deepEqual(await handler(event), before);
    assert.deepEqual(asked, []);
  }));
});

describe('enrich, origin-response', () => {
  const respond = (uri, headers) => handler(originResponse(requestOf({ uri }), headers));

  it('adds the security headers, also to errors', async () => {
    for (const status of ['200', '304', '404', '503']) {
      const { headers } = await respond('/a/index.html', { status });
      assert.match(headers['content-security-policy'][0].value, /^default-src 'none'; script-src 'self'; /);
      for (const name of ['strict-transport-security', 'x-content-type-options', 'referrer-policy',
        'permissions-policy', 'cross-origin-opener-policy']) assert.equal(headers[name].length, 1, name);
    }
  });

  it('keeps what the origin says, and changes nothing else', async () => {
    const headers = { 'Referrer-Policy': 'no-referrer', ETag: '"1"' };
    const event = originResponse(requestOf({ uri: '/a/index.html' }), headers);
    const before = structuredClone(event.Records[0].cf.response);
    const after = await handler(event);
    assert.equal(after.headers['referrer-policy'][0].value, 'no-referrer');
    for (const [name, value] of Object.entries(before.headers)) assert.deepEqual(after.headers[name], value);
    assert.equal(after.status, before.status);
    assert.equal('cache-control' in after.headers, false);
  });

  it('lets the cache keep the page without jobs for a moment only', async () => {
    assert.equal((await respond('/jobs.html')).headers['cache-control'][0].value, 'max-age=5');
    assert.equal((await respond('/jobs.html', { status: '404' })).headers['cache-control'], undefined);
  });
});

it('enrich refuses events it is not meant for', async () => {
  await assert.rejects(packaged(viewerRequest(requestOf())), /viewer-request/);
});

it("the page without jobs is the generated page's, but for them", async () => {
  const file = await readFile(new URL('../../edge/site/jobs.html', import.meta.url), 'utf8');
  await withApi(json({ jobs: [job()] }), async (api) => {
    const { body } = await ask(api);
    const above = (page) => page.slice(0, page.indexOf('<main'));
    assert.equal(above(body), above(file));
  });
});

describe("enrich's example events", async () => {
  const offline = createHandler({ fetch: async () => Response.json({ jobs: [job()] }) });
  for (const [name, event] of await exampleEvents('enrich'))
    it(`${name} goes through`, async () => {
      const { uri, body, headers } = await offline(event);
      if (name.startsWith('origin-response')) assert.ok(headers['content-security-policy']);
      else if (name.includes('jobs')) assert.match(body, /S1\.csv/);
      else assert.equal(uri, '/a/index.html');
    });
});
