// The A/B router: chooses which of two home pages a viewer sees, and sets a cookie so that the viewer sees it again.
// One Lambda@Edge function for two CloudFront events, viewer-request and viewer-response. README.md lists what it
// relies on. It needs no packages.
import { createHash } from 'node:crypto';

/** The experiment's name, part of the hash that assigns variants: a new name reassigns viewers without a cookie. */
export const EXPERIMENT = 'home-page-1';

/** Each variant's weight: its share of the viewers is its weight divided by the sum of all weights. */
export const WEIGHTS = { a: 80, b: 20 };

export const COOKIE = 'isobar-variant';

/** 30 days, in seconds. */
export const COOKIE_MAX_AGE = 2_592_000;

const HOME = new Set(['/', '/index.html']);
const HOME_OF_VARIANT = new Map(Object.keys(WEIGHTS).map((variant) => [variant, `/${variant}/index.html`]));
const PAGES = new Set([...HOME, ...HOME_OF_VARIANT.values()]);

/** Gets CloudFront's event and returns the changed request (viewer-request) or response (viewer-response). */
export async function handler(event) {
  const { config, request, response } = event.Records[0].cf;
  if (config.eventType?.startsWith('origin-'))
    throw new Error(`ab-router handles viewer-request and viewer-response, not ${config.eventType}`);
  return response ? setCookie(request, response) : route(request);
}

/** Rewrites the URI of the home page to the viewer's variant. Other requests are returned unchanged. */
export function route(request) {
  if (HOME.has(request.uri)) request.uri = HOME_OF_VARIANT.get(variantOf(request));
  return request;
}

/** Adds the variant's Set-Cookie header to the response for a home page, unless the request has a valid cookie. */
export function setCookie(request, response) {
  if (!PAGES.has(request?.uri) || cookieOf(request)) return response;
  const parts = [`${COOKIE}=${assignedVariant(request)}`, 'Path=/', `Max-Age=${COOKIE_MAX_AGE}`, 'SameSite=Lax'];
  if (!isLoopback(request)) parts.push('Secure');
  response.headers['set-cookie'] = [
    ...(response.headers['set-cookie'] ?? []),
    { key: 'Set-Cookie', value: parts.join('; ') },
  ];
  return response;
}

export function variantOf(request) {
  return cookieOf(request) ?? assignedVariant(request);
}

/** The variant in the viewer's cookie, or undefined. A cookie with any other value is ignored. */
export function cookieOf(request) {
  for (const { value } of request.headers?.cookie ?? []) {
    for (const pair of String(value).split(';')) {
      const [name, variant, ...rest] = pair.split('=').map((part) => part.trim());
      if (name === COOKIE && rest.length === 0 && HOME_OF_VARIANT.has(variant)) return variant;
    }
  }
  return undefined;
}

/**
 * The variant of a viewer without a cookie, chosen by the weights from a hash of the viewer's address and user agent.
 * Nothing is random or stored, so both events of a request, and every edge location, choose the same variant.
 */
export function assignedVariant(request) {
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
 * Whether the site runs on the viewer's own machine. There it is served over plain HTTP, and some browsers discard a
 * Secure cookie. Everywhere else the cookie can be Secure, although a viewer event does not contain the protocol: the
 * distribution redirects HTTP to HTTPS before the function runs.
 */
function isLoopback(request) {
  const host = header(request, 'host').toLowerCase().replace(/:\d+$/, '');
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

function header(request, name) {
  return request.headers?.[name]?.[0]?.value ?? '';
}
