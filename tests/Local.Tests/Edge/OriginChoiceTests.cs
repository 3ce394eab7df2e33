using System.Net;
using Isobar.Local.Edge.Requests;

namespace Isobar.Local.Tests.Edge;

/// <summary>Several origins: by path, and by a function at origin-request.</summary>
public sealed class OriginChoiceTests
{
    private const string PassOn = """
        export const handler = async ({ Records: [{ cf }] }) => cf.response ?? cf.request;
        """;

    /// <summary>Sets the origin that the query string of the test's own says.</summary>
    private const string Chooser = """
        const custom = (changes) => ({ custom: {
          customHeaders: {}, domainName: 'abc123.execute-api.us-east-1.amazonaws.com', keepaliveTimeout: 5,
          path: '/v1', port: 443, protocol: 'https', readTimeout: 5, sslProtocols: ['TLSv1.2'],
          ...changes } });
        const s3 = (changes) => ({ s3: { authMethod: 'none', customHeaders: {}, path: '', region: 'us-east-1',
          domainName: 'other.s3.us-east-1.amazonaws.com', ...changes } });
        const header = (name) => ({ [name]: [{ key: name, value: '1' }] });
        const origins = {
          api: custom({}), bucket: s3({}), sent: custom({ customHeaders: header('x-sent') }),
          both: { ...custom({}), ...s3({}) }, none: {}, foreign: custom({ domainName: 'example.org' }),
          address: custom({ domainName: '169.254.169.254' }), colon: custom({ domainName: 'localhost:80' }),
          port: custom({ port: 22 }), protocol: custom({ protocol: 'ftp' }), path: custom({ path: 'v1/' }),
          timeout: custom({ readTimeout: 121 }), ssl: custom({ sslProtocols: ['TLSv9'] }),
          forbidden: custom({ customHeaders: header('x-edge-a') }), auth: s3({ authMethod: 'mine' }),
          twice: custom({ customHeaders: header('user-agent') }),
          loopback: custom({ domainName: 'localhost', port: 22000 }),
        };
        export const handler = async ({ Records: [{ cf: { request } }] }) => {
          const origin = origins[request.uri.slice(1)];
          if (origin) request.origin = origin;
          return request;
        };
        """;

    [Fact]
    public async Task A_path_of_a_behavior_goes_to_its_origin_and_all_methods_pass_uncached()
    {
        await using var edge = await DistributionOnPortZero.StartAsync(PassOn, WithApi);
        edge.Objects["/_aws/execute-api/abc123/v1/jobs?page=2"] = new("""{"jobs":[]}""");

        for (var i = 0; i < 2; i++)
        {
            var answer = await edge.SendAsync(
                "/jobs?page=2", null, ("Authorization", "Bearer a"), ("Cookie", "b=2; a=1"), ("X-Mine", "m"));
            Assert.Equal("""{"jobs":[]}""", await answer.Content.ReadAsStringAsync());
            Assert.Equal("Miss from cloudfront", answer.Headers.GetValues("X-Cache").Single());
        }

        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(edge.Address, "/jobs"))
        {
            Content = new StringContent("""{"a":1}""", null, "application/json"),
        };
        await edge.Client.SendAsync(message);

        Assert.Equal(3, edge.Requests.Count);
        var get = edge.Requests.First();
        Assert.Equal(("Bearer a", "a=1; b=2", "m", "127.0.0.1"), (
            get.Header("Authorization"), get.Header("Cookie"), get.Header("X-Mine"), get.Header("X-Forwarded-For")));
        var post = edge.Requests.Last();
        Assert.Equal(("POST", "/_aws/execute-api/abc123/v1/jobs", """{"a":1}""", "application/json; charset=utf-8"), (
            post.Method, post.Path, post.Body, post.Header("Content-Type")));
        edge.Objects["/pages/site/other"] = new("page");
        Assert.Equal("page", await (await edge.SendAsync("/other")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_body_over_its_bound_is_413_and_one_that_is_not_taken_403()
    {
        await using var edge = await DistributionOnPortZero.StartAsync(PassOn, WithApi);

        foreach (var (path, bytes, status) in ((string, int, int)[])
            [("/jobs", Isobar.Local.Edge.EdgeLimits.MaxRequestBodyBytes + 1, 413), ("/other", 1, 403)])
        {
            using var content = new ByteArrayContent(new byte[bytes]);
            using var answer = await edge.Client.PostAsync(new Uri(edge.Address, path), content);
            Assert.Equal(status, (int)answer.StatusCode);
        }

        Assert.Empty(edge.Asked);
    }

    [Theory]
    [InlineData("api", "GET /_aws/execute-api/abc123/v1/api")]
    [InlineData("bucket", "GET /other/bucket")]
    [InlineData("unchanged", "GET /pages/site/unchanged")]
    public async Task A_function_at_origin_request_chooses_the_origin(string origin, string asked)
    {
        await using var edge = await DistributionOnPortZero.StartAsync(Chooser, AtOriginRequest);

        await edge.SendAsync($"/{origin}");

        Assert.Equal([asked], edge.Asked);
    }

    [Fact]
    public async Task Custom_headers_of_an_origin_go_to_it()
    {
        await using var edge = await DistributionOnPortZero.StartAsync(Chooser, text => AtOriginRequest(text)
            .Replace("OriginPath: /site", "OriginPath: /site\n            OriginCustomHeaders: "
                + "[{HeaderName: X-Secret, HeaderValue: s}]"));

        await edge.SendAsync("/sent");
        await edge.SendAsync("/unchanged");

        Assert.Equal(["1", ""], edge.Requests.Select(request => request.Header("X-Sent")));
        Assert.Equal(["", "s"], edge.Requests.Select(request => request.Header("X-Secret")));
    }

    [Theory]
    [InlineData("both", "either custom or s3")]
    [InlineData("none", "either custom or s3")]
    [InlineData("address", "no address, no port")]
    [InlineData("colon", "no address, no port")]
    [InlineData("port", "port of the origin is not 80, 443, or from 1024")]
    [InlineData("protocol", "neither http nor https")]
    [InlineData("path", "path of the origin")]
    [InlineData("timeout", "readTimeout of the origin is not a number from 1 to 120")]
    [InlineData("ssl", "sslProtocols of the origin")]
    [InlineData("forbidden", "can't have the custom header x-edge-a")]
    [InlineData("auth", "authMethod of the origin")]
    [InlineData("twice", "header user-agent is in the request and in the origin")]
    public async Task An_origin_that_CloudFront_would_not_take_is_a_validation_error(string origin, string why)
    {
        await using var edge = await DistributionOnPortZero.StartAsync(Chooser, AtOriginRequest);

        var answer = await edge.SendAsync($"/{origin}");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal("LambdaValidationError from cloudfront", answer.Headers.GetValues("X-Cache").Single());
        Assert.Contains(why, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(edge.Asked);
    }

    [Theory]
    [InlineData("foreign", "The origin example.org is not at this host.")]
    [InlineData("loopback", "The origin localhost is not at this host.")]
    public async Task An_origin_that_this_host_does_not_serve_is_a_clear_502(string origin, string why)
    {
        await using var edge = await DistributionOnPortZero.StartAsync(Chooser, AtOriginRequest);

        var answer = await edge.SendAsync($"/{origin}");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal("Error from cloudfront", answer.Headers.GetValues("X-Cache").Single());
        Assert.Contains(why, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(edge.Facts<EdgeFunctionFailed>());
    }

    private static string AtOriginRequest(string text) => text
        .Replace("- {EventType: viewer-request, LambdaFunctionARN: !Ref TheFunction.Version, IncludeBody: false}", "")
        .Replace("EventType: viewer-response", "EventType: origin-request");

    private static string WithApi(string text) => text
        .Replace("# more origins", """
            - Id: api
                        DomainName: abc123.execute-api.us-east-1.amazonaws.com
                        OriginPath: /v1
                        CustomOriginConfig: {OriginProtocolPolicy: https-only}
            """)
        .Replace("# more settings", """
            CacheBehaviors:
                      - PathPattern: /jobs*
                        TargetOriginId: api
                        ViewerProtocolPolicy: https-only
                        AllowedMethods: [GET, HEAD, OPTIONS, PUT, POST, PATCH, DELETE]
                        CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad
                        OriginRequestPolicyId: b689b0a8-53d0-40ab-baf2-68738e2966ac
            """);
}
