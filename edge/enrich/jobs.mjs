// Fetches the newest jobs from the API, within limits of time and size.

/**
 * @param {string} api The API's address, for example https://a1b2c3.execute-api.us-east-1.amazonaws.com/live.
 * @param {number} count How many jobs, 1 to 100.
 * @returns {Promise<object[]>} The newest one first.
 * @throws {Error} No answer in time, another status than 200, or an answer that is not a page of jobs.
 */
export async function newestJobs(api, count, { TIME_LIMIT_MS, MAX_ANSWER_BYTES }, fetch) {
  // The limit is for the whole answer: the signal also ends a body that comes slowly.
  const response = await fetch(`${api.replace(/\/$/, '')}/jobs?limit=${count}`, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(TIME_LIMIT_MS),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`The API answered ${response.status}.`);
  }
  const { jobs } = JSON.parse(await textOf(response.body, MAX_ANSWER_BYTES));
  if (!Array.isArray(jobs) || !jobs.every(isJob)) throw new Error('The API answered no page of jobs.');
  return jobs.slice(0, count);
}

async function textOf(body, maxBytes) {
  const parts = [];
  let length = 0;
  for await (const part of body) {
    length += part.length;
    if (length > maxBytes) throw new Error(`The API answered more than ${maxBytes} bytes.`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

const isJob = (job) =>
  typeof job?.key === 'string' && typeof job.state === 'string' && typeof job.landedAt === 'string'
  && [job.chunks?.done, job.chunks?.total, job.counts?.rows, job.counts?.accepted].every(Number.isInteger);
