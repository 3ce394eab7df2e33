// The page of jobs as HTML. edge/site/jobs.html is the same page without them, for when they can't be had.
const ESCAPED = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** What comes from outside is text in the page, never markup. */
const text = (value) => String(value).replace(/[&<>"']/g, (character) => ESCAPED[character]);

const whole = new Intl.NumberFormat('en');

const row = ({ key, state, landedAt, chunks, counts }) => `      <tr>
        <th scope="row">${text(key)}</th>
        <td data-label="State"><span class="pill${state === 'refused' || state === 'incomplete' ? ' refused' : ''}">${
  text(state)}</span></td>
        <td data-label="Chunks">${whole.format(chunks.done)} of ${whole.format(chunks.total)}</td>
        <td data-label="Rows accepted">${whole.format(counts.accepted)} of ${whole.format(counts.rows)}</td>
        <td data-label="Landed"><time datetime="${text(landedAt)}">${
  text(landedAt.slice(0, 16).replace('T', ' '))}</time></td>
      </tr>
`;

/**
 * @param {object[]} jobs At most about 1,000: a generated response has 1 MB at most.
 * @param {'small' | 'large'} screen
 * @param {Date} now
 */
export const pageOf = (jobs, screen, now) => `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Isobar: the newest jobs</title>
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="/site.css">
  <link rel="stylesheet" href="/jobs.css">
</head>
<body>
  <header class="wrap top"><h1>The newest jobs</h1>
    <p>Each file that lands becomes a job. <a href="/">The files</a> · <a href="/private/">The experiment</a></p>
  </header>
  <main class="wrap" data-screen="${screen}">
${jobs.length === 0 ? '    <p class="notice">No file has landed yet.</p>\n' : `    <table>
      <thead><tr><th scope="col">File</th><th scope="col">State</th><th scope="col">Chunks</th>
        <th scope="col">Rows accepted</th><th scope="col">Landed, UTC</th></tr></thead>
      <tbody>
${jobs.map(row).join('')}      </tbody>
    </table>
`}  </main>
  <footer class="wrap">As of ${now.toISOString().slice(0, 19).replace('T', ' ')} UTC.</footer>
</body>
</html>
`;
