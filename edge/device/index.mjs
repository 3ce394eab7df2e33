// The device function: viewers with a small screen get the pages that are made for it.
// One Lambda@Edge function for two CloudFront events, of different behaviors. At origin-request it chooses the page. At
// viewer-request it writes the viewer's class into a header, for behaviors whose cache key has that header instead of
// CloudFront's own. README.md says why. It needs no packages. edge/device-python is the same function in Python.

/** The header that viewer-request writes: `small` or `large`. A cache policy has it in its key. */
export const SCREEN_HEADER = 'x-isobar-screen';

/** The pages that exist for small screens, too. */
export const SMALL_PAGES = new Map([['/a/index.html', '/a/small.html'], ['/b/index.html', '/b/small.html']]);

/** Gets CloudFront's event and returns the changed request. */
export async function handler(event) {
  const { config, request } = event.Records[0].cf;
  if (config.eventType === 'viewer-request') return classify(request);
  if (config.eventType === 'origin-request') return choose(request);
  throw new Error(`device handles viewer-request and origin-request, not ${config.eventType}`);
}

/** Replaces what a viewer may have sent in the header by the class of its browser. */
export function classify(request) {
  request.headers[SCREEN_HEADER] = [{ key: 'X-Isobar-Screen', value: screenOfBrowser(request) }];
  return request;
}

/** Rewrites the URI of a page that exists for small screens, if the viewer has one. */
export function choose(request) {
  if (screenOfKey(request) === 'small') request.uri = SMALL_PAGES.get(request.uri) ?? request.uri;
  return request;
}

/**
 * The class that is part of the cache key: by CloudFront's device headers where the cache policy has them, else by the
 * header that viewer-request wrote. It never looks at User-Agent: what is no part of the key must not decide what is
 * cached under the key. CloudFront calls some tablets mobile, too; a tablet's screen is not small.
 */
export function screenOfKey(request) {
  const mobile = header(request, 'cloudfront-is-mobile-viewer');
  if (mobile === undefined) return header(request, SCREEN_HEADER) === 'small' ? 'small' : 'large';
  return mobile === 'true' && header(request, 'cloudfront-is-tablet-viewer') !== 'true' ? 'small' : 'large';
}

/**
 * The class by what the browser says: by the client hint Sec-CH-UA-Mobile where it sends one, else by User-Agent, in
 * which browsers of phones write Mobi. Some browsers of tablets do so, too, and name the tablet.
 */
export function screenOfBrowser(request) {
  const hint = header(request, 'sec-ch-ua-mobile');
  if (hint === '?1') return 'small';
  if (hint === '?0') return 'large';
  const agent = header(request, 'user-agent') ?? '';
  return agent.includes('Mobi') && !agent.includes('iPad') && !agent.includes('Tablet') ? 'small' : 'large';
}

function header(request, name) {
  return request.headers[name]?.[0]?.value;
}
