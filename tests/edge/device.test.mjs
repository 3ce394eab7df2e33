import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { SMALL_PAGES, handler } from '../../edge/device/index.mjs';
import { exampleEvents, originRequest, requestOf, viewerRequest } from './events.mjs';

export const BROWSERS = [
  ['small', 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari'],
  ['small', 'Mozilla/5.0 (Linux; Android 16; K) AppleWebKit/537.36 Chrome/145.0.0.0 Mobile Safari/537.36'],
  ['small', 'Mozilla/5.0 (Android 16; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0'],
  ['small', 'Opera/9.80 (Series 60; Opera Mini/7.1; U; en) Presto/2.12 Opera Mobi/12'],
  ['large', 'Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1'],
  ['large', 'Mozilla/5.0 (Linux; Android 16; SM-X910) AppleWebKit/537.36 Chrome/145.0.0.0 Safari/537.36'],
  ['large', 'Mozilla/5.0 (Android 16; Tablet; rv:145.0) Gecko/145.0 Firefox/145.0'],
  ['large', 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'],
  ['large', 'Amazon CloudFront'],
  ['large', ''],
];

const classOf = async (headers) =>
  (await handler(viewerRequest(requestOf(headers)))).headers['x-isobar-screen'].map(({ value }) => value).join();
const pageOf = async (headers, uri = '/a/index.html') =>
  (await handler(originRequest(requestOf({ uri, ...headers })))).uri;

describe('device, viewer-request', () => {
  for (const [screen, agent] of BROWSERS)
    it(`the screen of ${agent.slice(0, 60)} … is ${screen}`, async () =>
      assert.equal(await classOf({ 'User-Agent': agent }), screen));

  it('a browser without a User-Agent has a large one', async () => assert.equal(await classOf({}), 'large'));

  it('the client hint is believed before the User-Agent', async () => {
    assert.equal(await classOf({ 'User-Agent': 'Mobile', 'Sec-CH-UA-Mobile': '?0' }), 'large');
    assert.equal(await classOf({ 'User-Agent': 'X11', 'Sec-CH-UA-Mobile': '?1' }), 'small');
    assert.equal(await classOf({ 'User-Agent': 'Mobile', 'Sec-CH-UA-Mobile': 'yes' }), 'small');
  });

  it('what the viewer wrote into the header itself is replaced', async () => {
    assert.equal(await classOf({ 'User-Agent': 'X11', 'X-Isobar-Screen': ['small', 'medium'] }), 'large');
  });

  it('nothing else changes', async () => {
    const request = requestOf({ uri: '/jobs.html', 'User-Agent': 'X11', Cookie: 'a=b' });
    const before = structuredClone(request);
    const after = await handler(viewerRequest(request));
    delete after.headers['x-isobar-screen'];
    assert.deepEqual(after, before);
  });
});

describe('device, origin-request', () => {
  const device = (mobile, tablet) =>
    ({ 'CloudFront-Is-Mobile-Viewer': `${mobile}`, 'CloudFront-Is-Tablet-Viewer': `${tablet}` });

  it('a phone gets the pages for small screens; tablets, desktops and televisions get the others', async () => {
    for (const [page, small] of SMALL_PAGES) {
      assert.equal(await pageOf(device(true, false), page), small);
      for (const other of [device(true, true), device(false, true), device(false, false)])
        assert.equal(await pageOf(other, page), page);
    }
  });

  it("without CloudFront's headers the class that viewer-request wrote decides", async () => {
    assert.equal(await pageOf({ 'X-Isobar-Screen': 'small' }), '/a/small.html');
    assert.equal(await pageOf({ 'X-Isobar-Screen': 'large' }), '/a/index.html');
    assert.equal(await pageOf({}), '/a/index.html');
  });

  it("CloudFront's headers are believed before it", async () => {
    assert.equal(await pageOf({ ...device(false, false), 'X-Isobar-Screen': 'small' }), '/a/index.html');
    assert.equal(await pageOf({ ...device(true, false), 'X-Isobar-Screen': 'large' }), '/a/small.html');
  });

  it('User-Agent decides nothing, because it is not in the cache key', async () => {
    for (const [, agent] of BROWSERS) assert.equal(await pageOf({ 'User-Agent': agent }), '/a/index.html');
  });

  it('other pages, and names that an object of JavaScript would have, stay as they are', async () => {
    for (const uri of ['/', '/index.html', '/site.css', '/a/small.html', '/A/index.html', 'constructor', '/private/'])
      assert.equal(await pageOf(device(true, false), uri), uri);
  });

  it('every page that it names is in the site', async () => {
    for (const page of [...SMALL_PAGES.keys(), ...SMALL_PAGES.values()])
      assert.match(await readFile(new URL(`../../edge/site${page}`, import.meta.url), 'utf8'), /^<!doctype html>/);
  });
});

it('device refuses events it is not meant for', async () => {
  const event = viewerRequest(requestOf());
  event.Records[0].cf.config.eventType = 'viewer-response';
  await assert.rejects(handler(event), /viewer-response/);
});

describe("device's example events", async () => {
  for (const [name, event] of await exampleEvents('device')) {
    it(`${name} goes through`, async () => {
      const { uri, headers } = await handler(event);
      const screen = name.includes('phone') ? 'small' : 'large';
      if (name.startsWith('viewer-request')) assert.equal(headers['x-isobar-screen'][0].value, screen);
      else assert.equal(uri.endsWith('/small.html'), screen === 'small');
    });
  }
});
