// Events in CloudFront's documented shape, as small as a test needs them.
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

export const requestOf = ({ uri = '/', clientIp = '198.51.100.1', method = 'GET', querystring = '', ...headers } = {}) =>
  ({ clientIp, headers: headersOf({ Host: 'd1.cloudfront.net', ...headers }), method, querystring, uri });

export const viewerRequest = (request) => eventOf('viewer-request', { request });

export const viewerResponse = (request, headers = {}) =>
  eventOf('viewer-response', {
    request, response: { status: '200', statusDescription: 'OK', headers: headersOf(headers) },
  });
