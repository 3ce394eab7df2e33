// What a deployment may change. Lambda@Edge has no environment variables, so it is part of the package.

/** What a token's `iss` must be. */
export const ISSUER = 'isobar-token';

/** What a token's `aud` must be or hold: the name of the core stack. */
export const AUDIENCE = 'isobar';

/**
 * Another address that decides about tokens, instead of the keys in the package; null for the keys. It is asked with
 * the token in the header Authorization, at every request to a private page: 2xx accepts the token, 401 and 403 refuse
 * it. Whatever else it answers, or nothing in time, is a 503: a page stays closed while nobody can say who may see it.
 */
export const CHECK_URL = null;

/** How long that address has to answer, in milliseconds. A viewer waits as long; the function's timeout is 5 s. */
export const CHECK_TIMEOUT_MS = 1_000;
