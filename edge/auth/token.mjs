// Verifies tokens: JSON Web Tokens signed by ES256 and nothing else, whatever their header says. The rules are those of
// the API's authorizer, functions/Authorize. Source: RFC 7515, section 5.2; RFC 7519, section 7.2; RFC 8725 for what to
// refuse.
import { verify } from 'node:crypto';

/** How far two clocks may be apart, in seconds. */
const SKEW = 30;

const MAX_TOKEN_LENGTH = 4_096;
const MAX_SUBJECT_LENGTH = 128;
const SIGNATURE_BYTES = 64;

/** What a bearer token may consist of, and its length. Source: RFC 6750, section 2.1. */
export const isToken = (text) => text.length <= MAX_TOKEN_LENGTH && /^[-A-Za-z0-9._~+/]+=*$/.test(text);

/**
 * Every failure is a result, none is an exception.
 * @param {string} token
 * @param {{ keys: Map, issuer: string, audience: string, now: number }} trusted `now` in seconds since 1970.
 * @returns {{ claims: object } | { problem: string }} Why the token is invalid, for the log: no word of it is in that.
 */
export function verifyToken(token, { keys, issuer, audience, now }) {
  if (token.length > MAX_TOKEN_LENGTH) return { problem: 'token too long' };
  const parts = token.split('.');
  if (parts.length !== 3) return { problem: 'not three parts' };
  const [head, body, seal] = parts;
  const header = readJson(head);
  if (header?.alg !== 'ES256' || 'crit' in header) return { problem: 'unsupported token header' };
  const key = typeof header.kid === 'string' ? keys.get(header.kid) : undefined;
  const signature = decode(seal);
  if (!key || signature?.length !== SIGNATURE_BYTES || !isSigned(`${head}.${body}`, key, signature))
    return { problem: 'not signed by a known key' };
  const claims = readJson(body);
  const problem = problemOf(claims, issuer, audience, now);
  return problem ? { problem } : { claims };
}

// Nothing secret is compared: the key is public, and so is what is signed.
const isSigned = (text, key, signature) =>
  verify('sha256', Buffer.from(text, 'ascii'), { key, dsaEncoding: 'ieee-p1363' }, signature);

function problemOf(claims, issuer, audience, now) {
  if (!claims || !Number.isFinite(claims.exp)) return "claims that can't be read";
  if ('nbf' in claims && !Number.isFinite(claims.nbf)) return "claims that can't be read";
  if (claims.iss !== issuer) return 'another issuer';
  if (![claims.aud].flat().includes(audience)) return 'another audience';
  const { sub } = claims;
  if (typeof sub !== 'string' || sub === '' || sub.length > MAX_SUBJECT_LENGTH) return 'subject missing or too long';
  if (now - SKEW >= claims.exp) return 'expired';
  if (now + SKEW < claims.nbf) return 'not valid yet';
  return undefined;
}

/** The JSON object of a part; undefined if it is none. */
function readJson(part) {
  try {
    const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(decode(part)));
    return typeof value === 'object' && !Array.isArray(value) ? value ?? undefined : undefined;
  } catch {
    return undefined;
  }
}

// One text for one content: without padding, and without bits that no byte has.
function decode(part) {
  const bytes = Buffer.from(part, 'base64url');
  return part !== '' && bytes.toString('base64url') === part ? bytes : undefined;
}
