// Events in CloudFront's documented shape, as small as a test needs them.
import { readdir, readFile } from 'node:fs/promises';

const headersOf = (values) => Object.fromEntries(Object.entries(values)
  .map(([name, lines]) => [name.toLowerCase(), [lines].flat().map((value) => ({ key: name, value }))]));

const eventOf = (eventType, cf) => ({
  Records: [{
    cf: {
      config: { distributionDomainName: 'd1.cloudfront.net', distributionId: 'E1', eventType, requestId: 'r1' },
      ...cf,
    },
  }],
});

export const requestOf = ({
  uri = '/', clientIp = '198.51.100.1', method = 'GET', querystring = '', ...headers
} = {}) =>
  ({ clientIp, headers: headersOf({ Host: 'd1.cloudfront.net', ...headers }), method, querystring, uri });

export const viewerRequest = (request) => eventOf('viewer-request', { request });

export const viewerResponse = (request, headers = {}) =>
  eventOf('viewer-response', {
    request, response: { status: '200', statusDescription: 'OK', headers: headersOf(headers) },
  });

/** AWS's own examples, from tests/golden/edge: pairs of a name and an event. Each home page is asked for at "/". */
export async function documentedEvents() {
  const golden = JSON.parse(await readFile(new URL('../golden/edge/documented-events.json', import.meta.url), 'utf8'));
  return golden.map(({ name, config, request, response }) => [name, {
    Records: [{
      cf: {
        config,
        ...(request && { request: { ...request, headers: headersOf(request.headers) } }),
        ...(response && { response: { ...response, headers: headersOf(response.headers) } }),
      },
    }],
  }]);
}

/** An origin that is a bucket, as origin events describe it. */
export const bucket = (customHeaders = {}) => ({
  s3: {
    authMethod: 'none', customHeaders: headersOf(customHeaders), domainName: 'pages.s3.us-east-1.amazonaws.com',
    path: '/site', region: 'us-east-1',
  },
});

export const originRequest = (request, customHeaders) =>
  eventOf('origin-request', { request: { ...request, origin: bucket(customHeaders) } });

export const originResponse = (request, { status = '200', ...headers } = {}) =>
  eventOf('origin-response', {
    request: { ...request, origin: bucket() }, response: { status, statusDescription: '', headers: headersOf(headers) },
  });

/** A generator with a seed, so that a failure can be had again. */
export function seeded(seed) {
  return () => {
    seed = (seed + 0x6D2B79F5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The example events in a function's folder: pairs of a name and an event. */
export async function exampleEvents(name) {
  const folder = new URL(`../../edge/${name}/events/`, import.meta.url);
  return Promise.all((await readdir(folder)).sort().map(
    async (file) => [file, JSON.parse(await readFile(new URL(file, folder), 'utf8'))]));
}
