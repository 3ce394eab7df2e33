import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { describe, it } from 'node:test';
import { createHandler, handler as packaged } from '../../edge/auth/index.mjs';
import { readKeys } from '../../edge/auth/keys.mjs';
import * as settings from '../../edge/auth/settings.mjs';
import { exampleEvents, requestOf, seeded, viewerRequest } from './events.mjs';

// Each refused token is a line in the log.
console.warn = () => {};

const NOW = 1_767_225_600;
const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const [ours, next, foreign] = [pair(), pair(), pair()];
const jwk = (kid, { publicKey }) => ({ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'ES256' });
const keySet = (...keys) => JSON.stringify({ keys });
const keys = readKeys(keySet(jwk('now', ours), jwk('next', next)));
const part = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

const CLAIMS = { iss: 'isobar-token', sub: 'reader', aud: 'isobar', iat: NOW, exp: NOW + 3_600, scope: 'write' };

function tokenOf({ key = ours, header = {}, claims = {}, encoding = 'ieee-p1363' } = {}) {
  const text = `${part({ alg: 'ES256', typ: 'JWT', kid: 'now', ...header })}.${part({ ...CLAIMS, ...claims })}`;
  const signature = sign('sha256', Buffer.from(text), { key: key.privateKey, dsaEncoding: encoding });
  return `${text}.${signature.toString('base64url')}`;
}

const quiet = (parts) => createHandler({ keys, now: () => NOW * 1_000, ...parts });
const ask = (headers, uri = '/private/index.html', parts = {}) =>
  quiet(parts)(viewerRequest(requestOf({ uri, ...headers })));
const bearing = (token, uri, parts) => ask({ Authorization: `Bearer ${token}` }, uri, parts);
const header = (response, name) => response.headers[name]?.[0].value;

function isRefused(response, challenge = 'Bearer realm="isobar", error="invalid_token"') {
  assert.equal(response.status, '401');
  assert.equal(header(response, 'www-authenticate'), challenge);
  assert.equal(header(response, 'cache-control'), 'no-store');
  assert.equal(response.uri, undefined);
}

describe('auth, a valid token', () => {
  it('lets the request through, unchanged', async () => {
    const request = requestOf({ uri: '/private/index.html', Authorization: `Bearer ${tokenOf()}`, Cookie: 'a=b' });
    const before = structuredClone(request);
    assert.deepEqual(await quiet()(viewerRequest(request)), before);
  });

  it('counts in a cookie, too, and with the scheme in any case', async () => {
    const token = tokenOf();
    assert.equal((await ask({ Cookie: `theme=dark; isobar-token=${token}` })).uri, '/private/index.html');
    assert.equal((await ask({ Authorization: `bEARER  ${token}` })).uri, '/private/index.html');
  });

  it('may be signed by either key during a rotation', async () => {
    assert.equal((await bearing(tokenOf({ key: next, header: { kid: 'next' } }))).uri, '/private/index.html');
  });

  it('may be for several audiences, and up to 30 s too old or too new', async () => {
    for (const claims of [
      { aud: ['x', 'isobar'] }, { exp: NOW - 29 }, { nbf: NOW + 30 }, { nbf: NOW - 1 }, { exp: NOW + 0.5 },
    ])
      assert.equal((await bearing(tokenOf({ claims }))).uri, '/private/index.html', JSON.stringify(claims));
  });

  it('leads from a folder to its index.html, which the bucket has no other way to find', async () => {
    assert.equal((await bearing(tokenOf(), '/private/')).uri, '/private/index.html');
  });
});

describe('auth, an invalid token', () => {
  const [head, body, seal] = tokenOf().split('.');
  const bytes = Buffer.from(seal, 'base64url');
  const refused = {
    'of a foreign key': tokenOf({ key: foreign }),
    'with the id of another key': tokenOf({ header: { kid: 'next' } }),
    'with an unknown id': tokenOf({ header: { kid: 'constructor' } }),
    'without an id': tokenOf({ header: { kid: undefined } }),
    'with an id that is no text': tokenOf({ header: { kid: ['now'] } }),
    'that says alg none': `${part({ alg: 'none', kid: 'now' })}.${body}.`,
    'that says alg none and is signed': tokenOf({ header: { alg: 'none' } }),
    'that says ES384': tokenOf({ header: { alg: 'ES384' } }),
    'with critical extensions': tokenOf({ header: { crit: [] } }),
    'signed in DER': tokenOf({ encoding: 'der' }),
    'with a signature of zeros': `${head}.${body}.${Buffer.alloc(64).toString('base64url')}`,
    'with half a signature': `${head}.${body}.${bytes.subarray(0, 32).toString('base64url')}`,
    'with a longer signature': `${head}.${body}.${Buffer.concat([bytes, Buffer.alloc(1)]).toString('base64url')}`,
    'without a signature': `${head}.${body}.`,
    'with padding': `${head}.${body}.${seal}==`,
    'of two parts': `${head}.${body}`,
    'of four parts': `${head}.${body}.${seal}.${seal}`,
    'with other claims than signed': `${head}.${part({ ...CLAIMS, sub: 'admin' })}.${seal}`,
    'expired': tokenOf({ claims: { exp: NOW - 30 } }),
    'not valid yet': tokenOf({ claims: { nbf: NOW + 31 } }),
    'without an end': tokenOf({ claims: { exp: undefined } }),
    'with an end that is no number': tokenOf({ claims: { exp: `${NOW + 60}` } }),
    'with a beginning that is no number': tokenOf({ claims: { nbf: null } }),
    'of another issuer': tokenOf({ claims: { iss: 'other' } }),
    'for another stack': tokenOf({ claims: { aud: 'isobar2' } }),
    'for no stack': tokenOf({ claims: { aud: [] } }),
    'without a subject': tokenOf({ claims: { sub: '' } }),
    'with a long subject': tokenOf({ claims: { sub: 'x'.repeat(129) } }),
    'with claims that are no object': `${head}.${part([])}.${seal}`,
    'with a header that is no JSON': `${part('{')}.${body}.${seal}`,
    'with a header that is null': `${part('null')}.${body}.${seal}`,
    'that is empty parts': '..',
  };
  // The key of ES256 as the secret of HS256, which a verifier that believes the header would accept.
  const hmacText = `${part({ alg: 'HS256', kid: 'now' })}.${body}`;
  const pem = ours.publicKey.export({ type: 'spki', format: 'pem' });
  refused['that says HS256, signed with the public key'] =
    `${hmacText}.${createHmac('sha256', pem).update(hmacText).digest('base64url')}`;
  for (const [name, token] of Object.entries(refused))
    it(`${name} is a 401`, async () => {
      isRefused(await bearing(token));
      isRefused(await ask({ Cookie: `isobar-token=${token}` }));
    });

  it('no bit of a token can change', async () => {
    const token = tokenOf();
    const seed = Number(process.env.ISOBAR_SEED) || 20261130;
    const random = seeded(seed);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    for (let i = 0; i < 500; i++) {
      const at = Math.floor(random() * token.length);
      const other = alphabet[Math.floor(random() * alphabet.length)];
      if (token[at] === '.' || token[at] === other) continue;
      const changed = token.slice(0, at) + other + token.slice(at + 1);
      assert.equal((await bearing(changed)).status, '401', `ISOBAR_SEED=${seed}, character ${at}`);
    }
  });
});

describe('auth, no token', () => {
  const none = 'Bearer realm="isobar"';
  for (const [name, headers] of Object.entries({
    'nothing': {},
    'another scheme': { Authorization: 'Basic YTpi' },
    'a scheme alone': { Authorization: 'Bearer ' },
    'two headers': { Authorization: [`Bearer ${tokenOf()}`, `Bearer ${tokenOf()}`] },
    'two cookies': { Cookie: `isobar-token=${tokenOf()}; isobar-token=${tokenOf()}` },
    'a cookie of a similar name': { Cookie: `xisobar-token=${tokenOf()}; isobar-token2=${tokenOf()}` },
    'characters that no token has': { Authorization: 'Bearer a"b' },
    'a token of 5,000 characters': { Authorization: `Bearer ${'a'.repeat(5_000)}` },
    'a valid cookie beside a wrong scheme': { Authorization: 'Basic YTpi', Cookie: `isobar-token=${tokenOf()}` },
  })) it(`${name} is a 401 that says how to sign in`, async () => {
    const response = await ask(headers);
    isRefused(response, none);
    assert.match(response.body, /<a href="\/sign-in\.html">/);
    assert.ok(Buffer.byteLength(JSON.stringify(response)) < 40_960);
  });
});

describe('auth, the cookie', () => {
  it('is set by /private/sign-in for as long as the token is valid, and no script can read it', async () => {
    const token = tokenOf();
    const response = await bearing(token, '/private/sign-in');
    assert.equal(response.status, '204');
    assert.equal(response.body, undefined);
    assert.equal(header(response, 'set-cookie'),
      `isobar-token=${token}; Path=/private; HttpOnly; SameSite=Strict; Max-Age=3600; Secure`);
    assert.equal(header(response, 'cache-control'), 'no-store');
  });

  it('is not set for an invalid token', async () => {
    const response = await bearing(tokenOf({ key: foreign }), '/private/sign-in');
    isRefused(response);
    assert.equal(response.headers['set-cookie'], undefined);
  });

  it('is removed by /private/sign-out, with any token', async () => {
    for (const cookie of [tokenOf(), 'expired', '']) {
      const response = await ask({ Cookie: `isobar-token=${cookie}` }, '/private/sign-out');
      assert.equal(response.status, '204');
      assert.match(header(response, 'set-cookie'), /^isobar-token=; Path=\/private; .*Max-Age=0/);
    }
  });

  it('is not Secure for a viewer who named its own machine', async () => {
    const response = await ask({ Host: '127.0.0.1:4581', Authorization: `Bearer ${tokenOf()}` }, '/private/sign-in');
    assert.doesNotMatch(header(response, 'set-cookie'), /Secure/);
  });
});

describe('auth, the keys in the package', () => {
  it('are a key set, which has no key as it comes: every token is invalid', async () => {
    const text = readFileSync(new URL('../../edge/auth/keys.json', import.meta.url), 'utf8');
    assert.ok(readKeys(text) instanceof Map);
    isRefused(await createHandler({ keys: readKeys('{"keys":[]}') })(
      viewerRequest(requestOf({ uri: '/private/', Authorization: `Bearer ${tokenOf()}` }))));
  });

  const wrong = {
    'a private key': [keySet({ ...ours.privateKey.export({ format: 'jwk' }), kid: 'k' }), /private part/],
    'a key of another curve': [keySet(jwk('k', generateKeyPairSync('ec', { namedCurve: 'P-384' }))), /P-256/],
    'a secret': [keySet({ kty: 'oct', k: 'c2VjcmV0', kid: 'k' }), /not an EC key/],
    'a key without an id': [keySet(jwk(undefined, ours)), /no id/],
    'two keys of one id': [keySet(jwk('k', ours), jwk('k', next)), /two keys/],
    'a point that is not on the curve': [keySet({ ...jwk('k', ours), y: jwk('k', next).y }), /not a point/],
    '17 keys': [keySet(...Array.from({ length: 17 }, (_, i) => jwk(`${i}`, ours))), /more than 16/],
    'no key set': ['{}', /not a JSON Web Key Set/],
  };
  for (const [name, [text, message]] of Object.entries(wrong))
    it(`${name} stops the function, and no message has the key`, () => {
      assert.throws(() => readKeys(text), (error) => {
        assert.match(error.message, message);
        const secret = ours.privateKey.export({ format: 'jwk' }).d;
        return !error.message.includes(secret) && !error.message.includes('c2VjcmV0');
      });
    });
});

describe('auth, another address in the place of the keys', () => {
  // Longer than any answer takes on a busy machine; what never answers is waited for no longer than SHORT_MS.
  const LONG_MS = 20_000, SHORT_MS = 100;

  async function answering(answer, test, limit = LONG_MS) {
    const asked = [];
    const server = createServer((request, response) => {
      asked.push(request.headers.authorization);
      answer(response);
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const CHECK_URL = `http://127.0.0.1:${server.address().port}/`;
    try {
      await test({ settings: { ...settings, CHECK_URL, CHECK_TIMEOUT_MS: limit } }, asked);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }
  const status = (code, headers) => (response) => response.writeHead(code, headers).end();

  it('is off', () => assert.equal(settings.CHECK_URL, null));

  it('lets a token through that it accepts, even one that no key has signed', () =>
    answering(status(204), async (parts, asked) => {
      assert.equal((await bearing('opaque', '/private/', parts)).uri, '/private/index.html');
      assert.deepEqual(asked, ['Bearer opaque']);
      const response = await bearing('opaque', '/private/sign-in', parts);
      assert.doesNotMatch(header(response, 'set-cookie'), /Max-Age/);
    }));

  for (const code of [401, 403])
    it(`${code} refuses a token, even one that a key has signed`, () =>
      answering(status(code), async (parts) => isRefused(await bearing(tokenOf(), undefined, parts))));

  const never = () => {};
  for (const [name, answer] of Object.entries({
    '500': status(500), '404': status(404), 'a redirect': status(302, { location: '/' }), 'no answer in time': never,
    'a connection that is closed': (response) => response.destroy(),
  })) it(`${name} is a 503, within the limit`, () => answering(answer, async (parts) => {
    const begun = performance.now();
    const response = await bearing(tokenOf(), undefined, parts);
    assert.equal(response.status, '503');
    assert.equal(header(response, 'retry-after'), '5');
    assert.ok(performance.now() - begun < LONG_MS / 2);
  }, answer === never ? SHORT_MS : LONG_MS));

  it('is not asked about a request without a token', () => answering(status(204), async (parts, asked) => {
    isRefused(await ask({}, undefined, parts), 'Bearer realm="isobar"');
    assert.deepEqual(asked, []);
  }));
});

it('auth writes no word of a token into its log', async (t) => {
  const lines = [];
  t.mock.method(console, 'warn', (line) => lines.push(line));
  const token = tokenOf({ claims: { sub: 'somebody', exp: 1 } });
  await bearing(token);
  assert.deepEqual(lines, ['{"message":"Token refused","problem":"expired"}']);
});

it('auth refuses events it is not meant for', async () => {
  const event = viewerRequest(requestOf());
  event.Records[0].cf.config.eventType = 'origin-request';
  await assert.rejects(packaged(event), /origin-request/);
});

describe("auth's example events", async () => {
  for (const [name, event] of await exampleEvents('auth'))
    it(`${name} is answered at the edge`, async () =>
      assert.equal((await packaged(event)).status, name.includes('sign-out') ? '204' : '401'));
});
