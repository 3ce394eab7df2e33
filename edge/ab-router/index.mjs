// The A/B router of the home page: which of its two variants a viewer sees, and the cookie that keeps it so.
// One function for two CloudFront events; README.md says what it relies on. It needs no packages.
import { createHash } from 'node:crypto';

/** Names the draw. A new name draws every viewer who has no cookie anew. */
export const EXPERIMENT = 'home-page-1';

/** How many viewers in the sum of all weights see each variant. */
export const WEIGHTS = { a: 80, b: 20 };

export const COOKIE = 'isobar-variant';

/** 30 days, in seconds. */
export const COOKIE_MAX_AGE = 2_592_000;

const HOME = new Set(['/', '/index.html']);
const HOME_OF_VARIANT = new Map(Object.keys(WEIGHTS).map((variant) => [variant, `/${variant}/index.html`]));
const PAGES = new Set([...HOME, ...HOME_OF_VARIANT.values()]);

/** CloudFront's event in; the changed request or response out. */
export async function handler(event) {
  const { config, request, response } = event.Records[0].cf;
  if (config.eventType?.startsWith('origin-'))
    throw new Error(`ab-router is for viewer events, not ${config.eventType}`);
  return response ? remember(request, response) : route(request);
}

/** Sends a request for the home page to the viewer's variant; leaves all others as they are. */
export function route(request) {
  if (HOME.has(request.uri)) request.uri = HOME_OF_VARIANT.get(variantOf(request));
  return request;
}

/** Gives a viewer of a home page the cookie of the variant, unless the request carried a valid one. */
export function remember(request, response) {
  if (!PAGES.has(request?.uri) || cookieOf(request)) return response;
  const parts = [`${COOKIE}=${drawOf(request)}`, 'Path=/', `Max-Age=${COOKIE_MAX_AGE}`, 'SameSite=Lax'];
  if (!isLoopback(request)) parts.push('Secure');
  response.headers['set-cookie'] = [
    ...(response.headers['set-cookie'] ?? []),
    { key: 'Set-Cookie', value: parts.join('; ') },
  ];
  return response;
}

export function variantOf(request) {
  return cookieOf(request) ?? drawOf(request);
}

/** The variant that the viewer's cookie names, or undefined. Whatever is no variant's name is no cookie of ours. */
export function cookieOf(request) {
  for (const { value } of request.headers?.cookie ?? []) {
    for (const pair of String(value).split(';')) {
      const [name, variant, ...more] = pair.split('=').map((part) => part.trim());
      if (name === COOKIE && more.length === 0 && HOME_OF_VARIANT.has(variant)) return variant;
    }
  }
  return undefined;
}

/**
 * The weighted draw. It depends on the viewer alone, so that both events of a request, every edge location and every
 * request before the cookie arrives come to the same variant with nothing stored anywhere.
 */
export function drawOf(request) {
  const viewer = JSON.stringify([EXPERIMENT, request.clientIp ?? '', header(request, 'user-agent')]);
  const fraction = createHash('sha256').update(viewer).digest().readUInt32BE(0) / 2 ** 32;
  const variants = Object.entries(WEIGHTS);
  let point = fraction * variants.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [variant, weight] of variants) {
    if (point < weight) return variant;
    point -= weight;
  }
  return variants[0][0];
}

/**
 * No viewer event says whether the viewer came by HTTPS. A Secure cookie is right for every public name, because the
 * distribution redirects plain HTTP before a function runs. A viewer who named its own machine may be speaking plain
 * HTTP to it, and some browsers drop a Secure cookie there.
 */
function isLoopback(request) {
  const host = header(request, 'host').toLowerCase().replace(/:\d+$/, '');
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

function header(request, name) {
  return request.headers?.[name]?.[0]?.value ?? '';
}
