// Headers that tell a browser what the site's pages may do. All scripts and styles of the site are files of its own.
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'",
  "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
].join('; ');

const SECURITY_HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'Strict-Transport-Security': 'max-age=31536000',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Cross-Origin-Opener-Policy': 'same-origin',
};

/** Adds the headers to CloudFront's map of headers; one that is there already stays. */
export function addSecurityHeaders(headers) {
  for (const [key, value] of Object.entries(SECURITY_HEADERS)) headers[key.toLowerCase()] ??= [{ key, value }];
  return headers;
}
