// Variant B of the home page.
import { ago, clock, day, el, number, plural, start, time, totals } from '/catalog.js';

// One block a chunk says a size at a glance; past this many, the number alone does.
const MOST_BLOCKS = 24;

const blocks = (count) => count > MOST_BLOCKS
  ? []
  : [el('span', { class: 'blocks', 'aria-hidden': 'true' }, ...Array.from({ length: count }, () => el('i')))];

const card = (file) => el('li', { class: file.refusal ? 'card refused' : 'card' },
  el('header', {}, el('h3', {}, file.name), time(file.acceptedAt, clock(file.acceptedAt))),
  el('p', {}, file.place || 'at the top of the bucket'),
  ...(file.refusal ? [el('p', {}, el('span', { class: 'pill refused' }, `refused: ${file.refusal}`))] : []),
  el('dl', {},
    el('div', {}, el('dt', {}, 'Job'), el('dd', {}, el('code', { title: file.job }, file.shortJob))),
    el('div', { class: 'chunks' }, el('dt', {}, plural(file.chunks, 'chunk', 'chunks')),
      el('dd', {}, ...blocks(file.chunks)))));

const summary = (sum, name) => sum.files === 0 ? [`There is no file named ${name}.`] : [
  el('strong', {}, plural(sum.files, 'file', 'files')), name === '' ? ' came in last' : ` named ${name}`,
  ...(sum.refused ? [', ', el('strong', {}, number(sum.refused)), ' of them refused,'] : []),
  ' in ', el('strong', {}, plural(sum.chunks, 'chunk', 'chunks')),
  '; the newest ', time(sum.newest, ago(sum.newest)), '.',
];

start((files, name) => {
  document.getElementById('summary').replaceChildren(...summary(totals(files), name));
  const byDay = Map.groupBy?.(files, (file) => day(file.acceptedAt)) ?? grouped(files);
  document.getElementById('days').replaceChildren(...[...byDay].map(([name, ofDay]) =>
    el('section', { class: 'day' }, el('h2', {}, name), el('ul', { class: 'cards' }, ...ofDay.map(card)))));
});

// For browsers of before 2024.
function grouped(files) {
  const groups = new Map();
  for (const file of files) {
    const name = day(file.acceptedAt);
    groups.set(name, [...(groups.get(name) ?? []), file]);
  }
  return groups;
}
