// Shows the read-out that the command `isobar experiment --publish` has written.
import { el, number } from '/catalog.js';

const byId = (id) => document.getElementById(id);
const percent = (share) => `${(share * 100).toFixed(1)} %`;
const interval = ({ low, high }) => `${percent(low)} to ${percent(high)}`;

const row = ({ name, viewers, converted, share, interval: within }) => el('tr', {},
  el('th', { scope: 'row' }, name.toUpperCase()), el('td', {}, number(viewers)), el('td', {}, number(converted)),
  el('td', {}, viewers === 0 ? '–' : `${percent(share)}, ${interval(within)}`));

function show({ from, to, variants, difference }) {
  byId('variants').replaceChildren(...variants.map(row));
  byId('difference').textContent = difference
    ? `${difference.of} is ${percent(difference.value)}, with 95 % confidence from ${interval(difference.interval)}: ${
      difference.isClear ? 'a difference' : 'no difference that chance does not explain'}.`
    : 'One of the variants has had no viewer yet.';
  byId('span').textContent = from ? `Requests from ${from} to ${to}.` : 'No requests yet.';
}

const answer = await fetch('/private/experiment.json');
byId('none').hidden = answer.ok;
byId('read-out').hidden = !answer.ok;
if (answer.ok) show(await answer.json());

byId('sign-out').addEventListener('click', async () => {
  await fetch('/private/sign-out');
  location.assign('/');
});
