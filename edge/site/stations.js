// Adds a station's latest readings to its page, where there are any. Without this script the page is the same without
// them.

const NAMES = new Map([
  ['TMAX', 'Highest temperature'], ['TMIN', 'Lowest temperature'], ['TAVG', 'Mean temperature'], ['TOBS', 'Temperature'],
  ['PRCP', 'Precipitation'], ['SNOW', 'Snowfall'], ['SNWD', 'Snow depth'], ['AWND', 'Wind'],
]);

const numbers = new Intl.NumberFormat(undefined);
const instants = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** Leaves the part hidden when there are no readings: the API knows none, is not there, or does not answer. */
async function show(part) {
  const rows = (await readingsOf(part.dataset.live)).map(({ element, value, unit, at }) => el('div',
    el('dt', NAMES.get(element) ?? element),
    el('dd', el('strong', `${numbers.format(value)} ${unit}`), ` ${instants.format(new Date(at))}`)));
  if (rows.length === 0) return;
  part.querySelector('dl').replaceChildren(...rows);
  part.hidden = false;
}

/** The latest reading of each element; none when the answer is not one of readings. */
async function readingsOf(address) {
  try {
    const answer = await fetch(address, { headers: { accept: 'application/json' } });
    const { latest } = answer.ok ? await answer.json() : {};
    return Array.isArray(latest) ? latest.filter(isReading) : [];
  } catch {
    return [];
  }
}

const isReading = (reading) =>
  typeof reading?.element === 'string' && typeof reading.unit === 'string' && Number.isFinite(reading.value)
  && !Number.isNaN(Date.parse(reading.at));

/** What comes from outside is text in the page, never markup. */
function el(tag, ...content) {
  const element = document.createElement(tag);
  element.append(...content);
  return element;
}

const part = document.querySelector('[data-live]');
if (part) await show(part);
