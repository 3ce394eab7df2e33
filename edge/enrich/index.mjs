// The enrich function: the page of the newest jobs, which it fetches from the API, and security headers for every page.
// One Lambda@Edge function for two CloudFront events, origin-request and origin-response. README.md says why these. It
// needs no packages.
import { newestJobs } from './jobs.mjs';
import { pageOf } from './page.mjs';
import { addSecurityHeaders } from './security.mjs';
import * as packageSettings from './settings.mjs';

/** The page that the function generates. In the bucket it has no jobs. */
export const PAGE = '/jobs.html';

/** What edge/device has written; part of the cache key. */
const SCREEN_HEADER = 'x-isobar-screen';

/**
 * Makes a handler; the tests give it settings, a clock and a fetch of their own.
 * @param {{ settings?: typeof packageSettings, now?: () => number, fetch?: typeof globalThis.fetch }} [parts]
 * `now` in milliseconds since 1970.
 */
export function createHandler({ settings = packageSettings, now = Date.now, fetch = globalThis.fetch } = {}) {
  return async (event) => {
    const { config, request, response } = event.Records[0].cf;
    if (config.eventType === 'origin-request') return enrich(request, settings, now, fetch);
    if (config.eventType === 'origin-response') return secure(request, response, settings);
    throw new Error(`enrich handles origin-request and origin-response, not ${config.eventType}`);
  };
}

/** The page with the jobs; or the request, so that the origin's page is served, if there is no answer in time. */
async function enrich(request, settings, now, fetch) {
  if (request.uri !== PAGE) return request;
  const api = request.origin?.s3?.customHeaders?.[settings.API_HEADER]?.[0]?.value;
  if (!api) return request;
  const screen = request.headers[SCREEN_HEADER]?.[0]?.value === 'small' ? 'small' : 'large';
  const begun = now();
  try {
    const jobs = await newestJobs(api, settings.ROWS[screen], settings, fetch);
    return {
      status: '200',
      statusDescription: 'OK',
      // CloudFront runs no origin-response function for a generated response.
      headers: addSecurityHeaders({
        'content-type': [{ key: 'Content-Type', value: 'text/html; charset=utf-8' }],
        'cache-control': [{ key: 'Cache-Control', value: `max-age=${settings.PAGE_SECONDS}` }],
      }),
      body: pageOf(jobs, screen, new Date(now())),
    };
  } catch (error) {
    console.warn(JSON.stringify({
      message: 'The page is served without jobs', reason: error.message, afterMs: now() - begun,
    }));
    return request;
  }
}

/** Adds the headers before CloudFront caches the response, so that this costs nothing at a hit. */
function secure(request, response, settings) {
  addSecurityHeaders(response.headers);
  // What has no jobs is kept for a moment only.
  if (request.uri === PAGE && response.status === '200')
    response.headers['cache-control'] = [{ key: 'Cache-Control', value: `max-age=${settings.FALLBACK_SECONDS}` }];
  return response;
}

export const handler = createHandler();
