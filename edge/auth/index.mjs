// The guard of the private pages: a request without a valid token gets 401 here, before cache and origin.
// A Lambda@Edge function for the CloudFront event viewer-request of /private/*. It needs no packages.
import { readFileSync } from 'node:fs';
import { readKeys } from './keys.mjs';
import { COOKIE, removedCookie, signedIn, unauthorized, unavailable } from './responses.mjs';
import * as packageSettings from './settings.mjs';
import { isToken, verifyToken } from './token.mjs';

/** With a bearer token in Authorization it sets the cookie; the page /sign-in.html calls it. */
export const SIGN_IN = '/private/sign-in';

/** Removes the cookie, whether or not its token is still valid. */
export const SIGN_OUT = '/private/sign-out';

/**
 * Makes a handler; the tests give it keys, settings, a clock and a fetch of their own.
 * @param {{ keys: Map, settings?: typeof packageSettings, now?: () => number, fetch?: typeof globalThis.fetch }} parts
 * `now` in milliseconds since 1970.
 */
export function createHandler({ keys, settings = packageSettings, now = Date.now, fetch = globalThis.fetch }) {
  return async (event) => {
    const { config, request } = event.Records[0].cf;
    if (config.eventType !== 'viewer-request') throw new Error(`auth handles viewer-request, not ${config.eventType}`);
    if (request.uri === SIGN_OUT) return removedCookie(request);
    const token = tokenOf(request);
    if (!token) return unauthorized(request);
    const seconds = Math.floor(now() / 1000);
    const result = settings.CHECK_URL
      ? await askAddress(token, settings, fetch)
      : verifyToken(token, { keys, issuer: settings.ISSUER, audience: settings.AUDIENCE, now: seconds });
    if (result.problem) console.warn(JSON.stringify({ message: 'Token refused', problem: result.problem }));
    if (result.isUnknown) return unavailable();
    if (result.problem) return unauthorized(request, 'invalid_token');
    if (request.uri === SIGN_IN) return signedIn(request, token, result.claims && result.claims.exp - seconds);
    // The bucket has objects, no folders: CloudFront names a default object for the root alone.
    if (request.uri.endsWith('/')) request.uri += 'index.html';
    return request;
  };
}

/**
 * The token that the request presents: in the header Authorization, else in the cookie. Undefined for none, for more
 * than one, and for what can't be one. Source: RFC 6750, section 2: a client must not present more than one.
 */
export function tokenOf(request) {
  const authorizations = request.headers.authorization ?? [];
  const tokens = authorizations.length > 0
    ? authorizations.map(({ value }) => /^Bearer +(\S+)$/i.exec(value)?.[1] ?? '')
    : cookiesOf(request);
  return tokens.length === 1 && isToken(tokens[0]) ? tokens[0] : undefined;
}

function cookiesOf(request) {
  return (request.headers.cookie ?? [])
    .flatMap(({ value }) => value.split(';'))
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${COOKIE}=`))
    .map((pair) => pair.slice(COOKIE.length + 1));
}

async function askAddress(token, { CHECK_URL, CHECK_TIMEOUT_MS }, fetch) {
  try {
    const { ok, status } = await fetch(CHECK_URL, {
      headers: { authorization: `Bearer ${token}` },
      redirect: 'error',
      signal: AbortSignal.timeout(CHECK_TIMEOUT_MS),
    });
    if (ok) return {};
    return { problem: `the address answered ${status}`, isUnknown: status !== 401 && status !== 403 };
  } catch (error) {
    return { problem: `no answer from the address: ${error.name}`, isUnknown: true };
  }
}

export const handler = createHandler({ keys: readKeys(readFileSync(new URL('keys.json', import.meta.url), 'utf8')) });
