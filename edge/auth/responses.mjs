// What the guard answers in the place of a page. CloudFront caches none of it: it is generated at viewer-request.
export const COOKIE = 'isobar-token';

const headersOf = (values) => Object.fromEntries(
  Object.entries(values).map(([name, value]) => [name.toLowerCase(), [{ key: name, value }]]));

const common = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Strict-Transport-Security': 'max-age=31536000',
};

const page = (title, text) => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Isobar: ${title}</title><link rel="stylesheet" href="/site.css"></head>
<body><main class="wrap"><div class="notice error"><h1>${title}</h1><p>${text}</p></div></main></body>
</html>
`;

const pageResponse = (status, statusDescription, headers, body) => ({
  status,
  statusDescription,
  headers: headersOf({ ...common, 'Content-Type': 'text/html; charset=utf-8', ...headers }),
  body,
});

/**
 * 401. The browser shows the page; a program reads the header.
 * @param {'invalid_token'} [error] Absent if there was no token. Source: RFC 6750, section 3.1.
 */
export function unauthorized(request, error) {
  const challenge = error ? `Bearer realm="isobar", error="${error}"` : 'Bearer realm="isobar"';
  return pageResponse('401', 'Unauthorized', { 'WWW-Authenticate': challenge }, page(
    'Sign in to see this page', 'It is for people with a token. <a href="/sign-in.html">Sign in</a>.'));
}

/** 503: nobody can say at the moment whether the token is valid. */
export const unavailable = () => pageResponse('503', 'Service Unavailable', { 'Retry-After': '5' }, page(
  'This page is closed for a moment', 'Tokens can’t be checked now. Try again in some seconds.'));

/**
 * 204 with the token in a cookie that no script can read.
 * @param {number} [seconds] How long the token is still valid; absent for a cookie that ends with the browser.
 */
export const signedIn = (request, token, seconds) =>
  cookie(request, token, seconds && Math.max(1, Math.floor(seconds)));

/** 204; the cookie is gone. */
export const removedCookie = (request) => cookie(request, '', 0);

function cookie(request, value, maxAge) {
  const parts = [`${COOKIE}=${value}`, 'Path=/private', 'HttpOnly', 'SameSite=Strict'];
  if (maxAge !== undefined) parts.push(`Max-Age=${maxAge}`);
  if (!isLoopback(request)) parts.push('Secure');
  return {
    status: '204',
    statusDescription: 'No Content',
    headers: headersOf({ ...common, 'Set-Cookie': parts.join('; ') }),
  };
}

/**
 * Whether the site runs on the viewer's own machine, as in edge/ab-router: there it is served over plain HTTP, and some
 * browsers discard a Secure cookie.
 */
function isLoopback(request) {
  const host = (request.headers.host?.[0]?.value ?? '').toLowerCase().replace(/:\d+$/, '');
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
