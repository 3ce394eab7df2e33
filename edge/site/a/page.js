// Variant A of the home page.
import { ago, el, number, start, time, totals } from '/catalog.js';

const byId = (id) => document.getElementById(id);

const row = (file) => el('tr', {},
  el('th', { scope: 'row' }, file.name, el('small', {}, file.place)),
  el('td', { 'data-label': 'Job' }, el('code', { title: file.job }, file.shortJob)),
  el('td', { 'data-label': 'Chunks', class: 'count' }, number(file.chunks)),
  el('td', { 'data-label': 'State' }, file.refusal
    ? el('span', { class: 'pill refused' }, `refused: ${file.refusal}`)
    : el('span', { class: 'pill' }, 'accepted')),
  el('td', { 'data-label': 'Accepted' }, time(file.acceptedAt, ago(file.acceptedAt))));

start((files, name) => {
  const sum = totals(files);
  byId('title').textContent = name === '' ? 'Newest files' : `Files named ${name}`;
  byId('total-files').textContent = number(sum.files);
  byId('total-chunks').textContent = number(sum.chunks);
  byId('total-refused').textContent = number(sum.refused);
  byId('total-newest').replaceChildren(sum.newest ? time(sum.newest, ago(sum.newest)) : '–');
  byId('rows').replaceChildren(...files.map(row));
  byId('none').hidden = files.length > 0;
});
