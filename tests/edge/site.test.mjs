// The part of the site that runs without a browser: which page of the catalog a name is on.
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { readdir, readFile } from 'node:fs/promises';

// The site's files are for browsers: there is no package.json that makes them modules for Node.js.
const source = await readFile(new URL('../../edge/site/catalog.js', import.meta.url), 'utf8');
const { CatalogError, filesNamed, newestFiles, pageOf } =
  await import(`data:text/javascript,${encodeURIComponent(source)}`);

describe('the page of a name', () => {
  // The same cases as in tests/Functions.Tests/Catalog/FileListTests.cs.
  for (const [key, page] of [
    ['csv/by_station/USW00094728.csv', 'USW00094728'],
    ['csv.gz/by_station/USW00094728.csv.gz', 'USW00094728'],
    ['USW00094728', 'USW00094728'],
    ['uploads/7/my-file_1.csv', 'my-file_1'],
    ['a b.csv', 'sha256-c8687a08aa5d6ed2044328fa6a697ab8e96dc34291e8c2034ae8c38e6fcc6d65'],
    ['été.csv', 'sha256-bd010c64132bf5cae8aea89f6762515727dcf68a5dd1de813c87f50a16c4513c'],
    ['folder/', 'sha256-e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['a'.repeat(64), 'a'.repeat(64)],
  ]) it(`of ${key} is ${page}`, async () => assert.equal(await pageOf(key), page));
});

describe('the lists', () => {
  const { fetch } = globalThis;
  afterEach(() => { globalThis.fetch = fetch; });
  const answer = (status, body) => {
    const asked = [];
    globalThis.fetch = async (path) => (asked.push(path), new Response(body, { status }));
    return asked;
  };
  const file = (key, acceptedAt) => ({ key, job: 'job', chunks: 1, acceptedAt });

  it('one request loads the newest files', async () => {
    const files = [file('a.csv', '2026-01-12T12:00:00Z'), file('b.csv', '2026-01-12T13:00:00Z')];
    const asked = answer(200, JSON.stringify({ files }));
    assert.deepEqual((await newestFiles()).map(({ key }) => key), ['b.csv', 'a.csv']);
    assert.deepEqual(asked, ['/catalog.json']);
  });

  it('one request loads the files of a station', async () => {
    const files = [file('csv/by_station/USW00094728.csv', '2026-01-12T12:00:00Z')];
    const asked = answer(200, JSON.stringify({ files }));
    assert.equal((await filesNamed('USW00094728')).length, 1);
    assert.deepEqual(asked, ['/catalog/USW00094728.json']);
  });

  for (const status of [403, 404]) it(`${status} is a name without files`, async () => {
    answer(status, '');
    assert.deepEqual(await filesNamed('nobody'), []);
  });

  for (const [status, body] of [[500, ''], [200, 'no JSON'], [200, '{}'], [200, 'null']])
    it(`${status} with '${body}' is an error that the page shows`, async () => {
      answer(status, body);
      await assert.rejects(newestFiles(), CatalogError);
    });
});

describe('the latest readings of a station', () => {
  const { fetch, document } = globalThis;
  afterEach(() => Object.assign(globalThis, { fetch, document }));

  /** Runs the script on a page whose part for readings is hidden, with what the API answers. */
  const shown = async (answer) => {
    const element = (tag) => ({ tag, content: [], append(...content) { this.content.push(...content); } });
    const list = { rows: [], replaceChildren(...rows) { this.rows = rows; } };
    const part = { hidden: true, dataset: { live: '/stations/XIW00000001/live' }, querySelector: () => list };
    globalThis.document = { querySelector: () => part, createElement: element };
    const asked = [];
    globalThis.fetch = async (path) => (asked.push(path), answer());
    const script = await readFile(new URL('../../edge/site/stations.js', import.meta.url), 'utf8');
    // A module runs once for each address.
    runs += 1;
    await import(`data:text/javascript,${encodeURIComponent(script)}//${runs}`);
    assert.deepEqual(asked, ['/stations/XIW00000001/live']);
    const text = ({ content }) => content.map((one) => (typeof one === 'string' ? one : text(one))).join('');
    return { hidden: part.hidden, rows: list.rows.map(text) };
  };
  let runs = 0;
  const reading = (element, value, at = '2026-11-30T12:00:00Z') => ({ element, value, unit: '°C', at });

  it('are shown by their names, what comes from outside as text', async () => {
    const body = { station: 'XIW00000001', latest: [reading('TOBS', -3.5), reading('<b>', 1)], window: null };
    const { hidden, rows } = await shown(async () => Response.json(body));
    assert.equal(hidden, false);
    assert.match(rows[0], /^Temperature[-−]3.5 °C /);
    assert.match(rows[1], /^<b>1 °C /);
  });

  for (const [name, answer] of [
    ['the API knows none', async () => new Response('{}', { status: 404 })],
    ['there are none of this kind', async () => Response.json({ latest: [{ element: 1 }, reading('TOBS', 1, 'x')] })],
    ['the answer is no JSON', async () => new Response('<html>')],
    ['the answer is null', async () => new Response('null')],
    ['nobody answers', async () => { throw new TypeError('fetch failed'); }],
  ]) it(`stay hidden when ${name}`, async () => assert.deepEqual(await shown(answer), { hidden: true, rows: [] }));
});

describe('the pages', async () => {
  // The distribution's two origin paths: /private/ is a folder beside the site, not in it.
  const folder = (path) => new URL(path.startsWith('/private/') ? '../../edge/' : '../../edge/site/', import.meta.url);
  const pages = (await Promise.all(['/', '/private/'].map(async (path) =>
    (await readdir(new URL(`.${path}`, folder(path)), { recursive: true })).map((name) => path + name))))
    .flat().filter((name) => name.endsWith('.html'));
  it('there are some', () => assert.ok(pages.length >= 7));
  for (const name of pages) {
    const page = await readFile(new URL(`.${name}`, folder(name)), 'utf8');

    it(`${name} has no script or style in it, which the content security policy forbids`, () => {
      assert.doesNotMatch(page, /<style|<script(?![^>]* src=)| style=| on[a-z]+=|javascript:/i);
    });

    it(`${name} names only files that are there`, async () => {
      const names = [...page.matchAll(/(?:src|href)="(\/[^"]*)"/g)].map(([, file]) => file);
      // The pages of stations are written by functions/Report.
      for (const file of names.filter((one) => !one.endsWith('/') && one !== '/stations/index.html'))
        await readFile(new URL(`.${file}`, folder(file)));
    });
  }
});
