// What a deployment may change. Lambda@Edge has no environment variables, so it is part of the package; only the API's
// address comes with the event, as a custom header of the origin, which the template sets.

/** The origin's custom header with the API's address. An origin-request event shows it to the function. */
export const API_HEADER = 'x-isobar-api';

/**
 * How long the API has to answer, in milliseconds. A viewer who comes at a miss waits as long at most. It is time for a
 * cold start of the API's function, too, at its usual memory.
 */
export const TIME_LIMIT_MS = 2_000;

/** More than this of an answer is not read, in bytes; 100 jobs are about 40 KB. */
export const MAX_ANSWER_BYTES = 262_144;

/** Rows of the page, by the class of the viewer's screen. */
export const ROWS = { small: 8, large: 30 };

/** How long the cache keeps a page with jobs, in seconds. */
export const PAGE_SECONDS = 10;

/** How long the cache keeps the page without them, in seconds: so long the source is not asked again. */
export const FALLBACK_SECONDS = 5;
