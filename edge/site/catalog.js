// What both variants of the home page share: reading the catalog, and putting what it says into words.
// Texts from the catalog reach the page as text only, never as markup.

const CATALOG = '/catalog.json';

/** The catalog could not be read; the message says why, for a reader of the page. */
export class CatalogError extends Error {}

/**
 * The accepted files, newest first.
 * @returns {Promise<File[]>} Empty before the first file: then there is no catalog yet.
 * @throws {CatalogError}
 */
export async function loadFiles() {
  let answer;
  try {
    answer = await fetch(CATALOG, { headers: { accept: 'application/json' } });
  } catch {
    throw new CatalogError('The catalog can’t be reached. Check your connection and try again.');
  }
  // S3 says 403 for what is not there to those who may not list the bucket.
  if (answer.status === 403 || answer.status === 404) return [];
  if (!answer.ok) throw new CatalogError(`The catalog can’t be read: the server answered ${answer.status}.`);
  let catalog;
  try {
    catalog = await answer.json();
  } catch {
    throw new CatalogError('The catalog can’t be read: it is not JSON.');
  }
  if (!Array.isArray(catalog?.files)) throw new CatalogError('The catalog can’t be read: it lists no files.');
  return catalog.files.filter(isFile).map(describe).sort((one, other) => other.acceptedAt - one.acceptedAt);
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
 * Fills the page: the parts marked data-state="loading", "empty", "error" and "files" are shown one at a time.
 * @param {(files: File[]) => void} render Shows the files; called when there is at least one.
 */
export async function start(render) {
  const show = (state) => {
    for (const part of document.querySelectorAll('[data-state]')) part.hidden = part.dataset.state !== state;
  };
  document.querySelector('[data-retry]').addEventListener('click', () => start(render), { once: true });
  show('loading');
  try {
    const files = await loadFiles();
    if (files.length > 0) render(files);
    show(files.length > 0 ? 'files' : 'empty');
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    document.querySelector('[data-error]').textContent = error.message;
    show('error');
  }
}
