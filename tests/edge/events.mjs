// Events in CloudFront's documented shape, as small as a test needs them.
import { readFile } from 'node:fs/promises';

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
