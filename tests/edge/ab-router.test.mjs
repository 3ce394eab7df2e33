import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { COOKIE_MAX_AGE, assignedVariant, handler, WEIGHTS } from '../../edge/ab-router/index.mjs';
import {
  documentedEvents, exampleEvents, requestOf, seeded, viewerRequest, viewerResponse,
} from './events.mjs';

const visit = async (request) => (await handler(viewerRequest(request))).uri;
const setCookies = async (request, headers) =>
  ((await handler(viewerResponse(request, headers))).headers['set-cookie'] ?? []).map(({ value }) => value);

describe('viewer-request', () => {
  for (const uri of ['/', '/index.html']) {
    it(`sends ${uri} to the variant that the cookie names`, async () => {
      assert.equal(await visit(requestOf({ uri, Cookie: 'isobar-variant=a' })), '/a/index.html');
      assert.equal(await visit(requestOf({ uri, Cookie: 'theme=dark; isobar-variant=b; x=1' })), '/b/index.html');
    });
  }

  it('finds the cookie in a second Cookie line', async () => {
    assert.equal(await visit(requestOf({ Cookie: ['theme=dark', 'isobar-variant=b'] })), '/b/index.html');
  });

  it('leaves every other URI as it is', async () => {
    for (const uri of ['/catalog.json', '/a/index.html', '/b/', '/INDEX.HTML', '//', '/index.html/', '/%2e'])
      assert.equal(await visit(requestOf({ uri, Cookie: 'isobar-variant=b' })), uri);
  });

  it('changes nothing but the URI', async () => {
    const request = requestOf({ querystring: 'x=1', Cookie: 'isobar-variant=b', 'User-Agent': 'Example' });
    const before = structuredClone(request);
    assert.deepEqual(await handler(viewerRequest(request)), { ...before, uri: '/b/index.html' });
  });

  const malformed = [
    '', ';', '=', '=a', 'isobar-variant', 'isobar-variant=', 'isobar-variant=c', 'isobar-variant=A',
    'isobar-variant=a=b', 'isobar-variant="a"', 'isobar-variant=%61', 'isobar-variant=../b',
    'isobar-variant=constructor',
    'isobar-variant=__proto__', 'Isobar-Variant=b', 'xisobar-variant=b', 'isobar-variant =\u0000b', ';'.repeat(20_000),
  ];
  for (const cookie of malformed) {
    it(`ignores the cookie ${JSON.stringify(cookie.slice(0, 40))}`, async () => {
      const stranger = requestOf();
      assert.equal(await visit(requestOf({ Cookie: cookie })), `/${assignedVariant(stranger)}/index.html`);
    });
  }

  it('uses the valid one of two cookies with its name', async () => {
    assert.equal(await visit(requestOf({ Cookie: 'isobar-variant=zzz; isobar-variant=b' })), '/b/index.html');
  });

  it('assigns a variant to a viewer without an address, a user agent or any header', async () => {
    const bare = { uri: '/', method: 'GET', headers: {} };
    assert.match(await visit(bare), /^\/[ab]\/index\.html$/);
  });
});

describe('the assigned variant', () => {
  it('gives 10,000 viewers variants by their weights, within 3 sigma, and each one the same at every request', () => {
    const seed = 20260112;
    const random = seeded(seed);
    const whole = (below) => Math.floor(random() * below);
    const viewers = Array.from({ length: 10_000 }, (_, i) => ({
      clientIp: `${1 + whole(223)}.${whole(256)}.${whole(256)}.${whole(256)}`,
      'User-Agent': `Example/${whole(50)}.${i}`,
    }));

    const assigned = viewers.map((viewer) => assignedVariant(requestOf(viewer)));
    const again = viewers.map((viewer) => assignedVariant(requestOf({ ...viewer, uri: '/index.html', Accept: '*/*' })));

    assert.deepEqual(again, assigned);
    const sum = Object.values(WEIGHTS).reduce((total, weight) => total + weight, 0);
    for (const [variant, weight] of Object.entries(WEIGHTS)) {
      const count = assigned.filter((name) => name === variant).length;
      const share = weight / sum;
      const sigma = Math.sqrt(viewers.length * share * (1 - share));
      const away = Math.abs(count - viewers.length * share) / sigma;
      console.log(`seed ${seed}: ${variant} ${count} of ${viewers.length}, ${away.toFixed(2)} sigma from its weight`);
      assert.ok(away <= 3, `${variant}: ${count}, ${away} sigma`);
    }
  });

  it('depends on the address and on the user agent, separately', () => {
    const variants = (vary) => new Set(Array.from({ length: 100 }, (_, i) => assignedVariant(requestOf(vary(i)))));
    assert.equal(variants((i) => ({ clientIp: `192.0.2.${i}`, 'User-Agent': 'Example' })).size, 2);
    assert.equal(variants((i) => ({ 'User-Agent': `Example/${i}` })).size, 2);
  });
});

describe('viewer-response', () => {
  it('sets the cookie of the assigned variant for a viewer without one', async () => {
    for (let i = 0; i < 50; i++) {
      const viewer = { 'User-Agent': `Example/${i}` };
      const shown = await visit(requestOf(viewer));
      const [cookie, ...more] = await setCookies(requestOf({ ...viewer, uri: shown }));
      assert.deepEqual(more, []);
      assert.equal(cookie, `isobar-variant=${shown[1]}; Path=/; Max-Age=${COOKIE_MAX_AGE}; SameSite=Lax; Secure`);
    }
  });

  it('sets none when the viewer has one', async () => {
    assert.deepEqual(await setCookies(requestOf({ uri: '/b/index.html', Cookie: 'isobar-variant=b' })), []);
  });

  it('replaces a malformed one', async () => {
    assert.equal((await setCookies(requestOf({ uri: '/a/index.html', Cookie: 'isobar-variant=c' }))).length, 1);
  });

  it('sets none for what is no home page', async () => {
    assert.deepEqual(await setCookies(requestOf({ uri: '/catalog.json' })), []);
  });

  it('keeps the cookies that are there', async () => {
    const cookies = await setCookies(requestOf(), { 'Set-Cookie': 'other=1' });
    assert.equal(cookies.length, 2);
    assert.equal(cookies[0], 'other=1');
  });

  it('leaves Secure out for a viewer who named its own machine', async () => {
    for (const host of ['127.0.0.1:4581', 'localhost', 'LOCALHOST:80', '[::1]:4581', 'site.localhost', '127.1.2.3'])
      assert.doesNotMatch((await setCookies(requestOf({ Host: host })))[0], /Secure/, host);
    for (const host of ['d1.cloudfront.net', 'localhost.example', '127.0.0.1.example', '10.0.0.1', ''])
      assert.match((await setCookies(requestOf({ Host: host })))[0], /; Secure$/, host);
  });

  it('changes neither status nor another header', async () => {
    const event = viewerResponse(requestOf(), { ETag: '"1"', 'Content-Type': 'text/html' });
    const before = structuredClone(event.Records[0].cf.response);
    const after = await handler(event);
    delete after.headers['set-cookie'];
    assert.deepEqual(after, before);
  });
});

it('refuses events it is not meant for', async () => {
  const event = viewerRequest(requestOf());
  event.Records[0].cf.config.eventType = 'origin-request';
  await assert.rejects(handler(event), /origin-request/);
});

describe('the events that AWS documents', async () => {
  for (const [name, event] of await documentedEvents()) {
    it(`${name} goes through`, async () => {
      const { request, response } = structuredClone(event).Records[0].cf;
      const answer = await handler(event);
      if (!response) {
        assert.equal(answer.uri, request.uri === '/' ? `/${assignedVariant(request)}/index.html` : request.uri);
        assert.deepEqual({ ...answer, uri: request.uri }, request);
        return;
      }
      const { 'set-cookie': cookies = [], ...headers } = answer.headers;
      assert.equal(cookies.length, request?.uri === '/' ? 1 : 0);
      assert.deepEqual({ ...answer, headers }, response);
    });
  }
});

describe('its example events', async () => {
  for (const [name, event] of await exampleEvents('ab-router')) {
    it(`${name} goes through`, async () => {
      const answer = await handler(event);
      const sticky = name.includes('sticky');
      if (name.startsWith('viewer-response')) assert.equal('set-cookie' in answer.headers, !sticky);
      else assert.match(answer.uri, name.includes('catalog') ? /^\/catalog\.json$/ : /^\/[ab]\/index\.html$/);
    });
  }
});
