// What both variants of the home page share: reading the catalog and showing it.
// Texts from the catalog reach the page as text only, never as markup.

const NEWEST = '/catalog.json';

/** The catalog could not be read; the message tells a reader of the page why. */
export class CatalogError extends Error {}

/**
 * The files that were accepted last, at most 100, the newest first.
 * @returns {Promise<File[]>} Empty before the first file: then there is no catalog yet.
 * @throws {CatalogError}
 */
export const newestFiles = () => load(NEWEST);

/**
 * The files of a station, or of another name, the newest first. Each name has a page of its own.
 * @param {string} name A station's id or a file's name, with or without its endings.
 * @returns {Promise<File[]>} Empty if there is no such page.
 * @throws {CatalogError}
 */
export async function filesNamed(name) {
  return load(`/catalog/${await pageOf(name)}.json`);
}

/**
 * The name of the page of a key: the last part of the key up to its first dot. A name that is long, or has characters
 * other than ASCII letters, digits, - and _, is hashed. functions/Catalog/Domain/PageName.cs does the same.
 */
export async function pageOf(key) {
  const stem = key.slice(key.lastIndexOf('/') + 1).split('.', 1)[0];
  if (/^[A-Za-z0-9_-]{1,64}$/.test(stem)) return stem;
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(stem)));
  return `sha256-${[...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

async function load(path) {
  let answer;
  try {
    answer = await fetch(path, { headers: { accept: 'application/json' } });
  } catch {
    throw new CatalogError('The catalog can’t be reached. Check your connection and try again.');
  }
  // Without ListBucket, S3 answers 403 for a missing key.
  if (answer.status === 403 || answer.status === 404) return [];
  if (!answer.ok) throw new CatalogError(`The catalog can’t be read: the server answered ${answer.status}.`);
  let list;
  try {
    list = await answer.json();
  } catch {
    throw new CatalogError('The catalog can’t be read: it is not JSON.');
  }
  if (!Array.isArray(list?.files)) throw new CatalogError('The catalog can’t be read: it lists no files.');
  return list.files.filter(isFile).map(describe).sort((one, other) => other.acceptedAt - one.acceptedAt);
}

function isFile(file) {
  return typeof file?.key === 'string' && typeof file.job === 'string' && !Number.isNaN(Date.parse(file.acceptedAt));
}

/**
 * @typedef {{ key: string, name: string, place: string, job: string, shortJob: string, chunks: number,
 *   acceptedAt: Date, refusal: string | undefined }} File
 */
function describe({ key, job, chunks, acceptedAt, refusal, station }) {
  const slash = key.lastIndexOf('/') + 1;
  return {
    key,
    name: station ? String(station) : key.slice(slash),
    place: station ? key : key.slice(0, slash),
    job,
    shortJob: job.slice(0, 10),
    chunks: Number(chunks) || 0,
    acceptedAt: new Date(acceptedAt),
    refusal: refusal ? String(refusal) : undefined,
  };
}

export function totals(files) {
  return {
    files: files.length,
    chunks: files.reduce((sum, file) => sum + file.chunks, 0),
    refused: files.filter((file) => file.refusal).length,
    newest: files[0]?.acceptedAt,
  };
}

const numbers = new Intl.NumberFormat(undefined);
const instants = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const days = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const clocks = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
const UNITS = [['day', 86_400], ['hour', 3_600], ['minute', 60]];

export const number = (value) => numbers.format(value);
export const day = (instant) => days.format(instant);
export const clock = (instant) => clocks.format(instant);
export const plural = (count, one, many) => `${number(count)} ${count === 1 ? one : many}`;

/** "3 minutes ago"; past a week, or ahead of this machine's clock, the date. */
export function ago(instant, now = Date.now()) {
  const seconds = (now - instant) / 1000;
  if (seconds < -60 || seconds > 7 * 86_400) return instants.format(instant);
  const [unit, length] = UNITS.find(([, length]) => seconds >= length) ?? [];
  return unit ? relative.format(-Math.floor(seconds / length), unit) : 'just now';
}

/** An element with attributes and children; text stays text. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export const time = (instant, text) =>
  el('time', { datetime: instant.toISOString(), title: instants.format(instant) }, text);

/**
 * Fills the page: of the parts marked data-state="loading", "empty", "error" and "files" one is shown. The form marked
 * data-search shows the files of one name instead of the newest ones, and the newest ones again when it is empty.
 * The page's data-most bounds how many of the newest ones are shown.
 * @param {(files: File[], name: string) => void} render Shows the files; name is empty for the newest ones.
 */
export async function start(render) {
  const form = document.querySelector('[data-search]');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    fill(render, form.elements.name.value.trim());
  });
  form.elements.name.addEventListener('search', () => form.requestSubmit());
  document.querySelector('[data-retry]').addEventListener('click', () => form.requestSubmit());
  await fill(render, '');
}

async function fill(render, name) {
  const show = (state) => {
    for (const part of document.querySelectorAll('[data-state]')) part.hidden = part.dataset.state !== state;
  };
  if (name === '') show('loading');
  try {
    const most = Number(document.body.dataset.most) || undefined;
    const files = name === '' ? (await newestFiles()).slice(0, most) : await filesNamed(name);
    if (files.length > 0 || name !== '') render(files, name);
    show(files.length > 0 || name !== '' ? 'files' : 'empty');
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    document.querySelector('[data-error]').textContent = error.message;
    show('error');
  }
}
