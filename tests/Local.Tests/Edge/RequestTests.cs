using System.Net;
using System.Text.Json.Nodes;
using Isobar.Local.Edge;
using Isobar.Local.Edge.Handlers;
using Isobar.Local.Edge.Requests;

namespace Isobar.Local.Tests.Edge;

/// <summary>Viewers before a distribution whose handlers are small modules of the tests.</summary>
public sealed class RequestTests
{
    private const string PassOn = """
        export const handler = async ({ Records: [{ cf }] }) => cf.response ?? cf.request;
        """;

    [Fact]
    public async Task An_object_comes_from_the_origin_once_and_then_from_the_cache()
    {
        await using var edge = await DistributionOnPortZero.StartAsync(PassOn);
        edge.Objects["/pages/site/x.json"] = new("{}", ("ETag", "\"1\""), ("Content-Type", "application/json"));

        var first = await edge.SendAsync("/x.json?a=1");
        var second = await edge.SendAsync("/x.json?a=2", null, ("Cookie", "a=1"));

        Assert.Equal(("Miss from cloudfront", "Hit from cloudfront"), (Cache(first), Cache(second)));
        Assert.Equal(["GET /pages/site/x.json"], edge.Asked);
        Assert.Equal("{}", await second.Content.ReadAsStringAsync());
        Assert.Equal("application/json", second.Content.Headers.ContentType!.ToString());
        Assert.NotNull(second.Headers.Age);
        Assert.False(first.Headers.Contains("x-amz-request-id"));
        Assert.Equal(["Miss", "Hit"], edge.Facts<EdgeRequestAnswered>().Select(fact => fact.Result));
    }

    [Fact]
    public async Task An_old_object_is_asked_for_by_its_entity_tag_and_kept_when_it_is_the_same()
    {
        await using var edge = await DistributionOnPortZero.StartAsync(PassOn);
        edge.Objects["/pages/site/x"] = new("one", ("ETag", "\"1\""));
        await edge.SendAsync("/x");
        edge.World.Clock.JumpBy(TimeSpan.FromSeconds(61));
        var same = await edge.SendAsync("/x");
        var again = await edge.SendAsync("/x");
        edge.World.Clock.JumpBy(TimeSpan.FromSeconds(61));
        edge.Objects["/pages/site/x"] = new("two", ("ETag", "\"2\""));
        var changed = await edge.SendAsync("/x");

        Assert.Equal(["RefreshHit from cloudfront", "Hit from cloudfront", "Miss from cloudfront"],
            [Cache(same), Cache(again), Cache(changed)]);
        Assert.Equal("one", await same.Content.ReadAsStringAsync());
        Assert.Equal("two", await changed.Content.ReadAsStringAsync());
        Assert.Equal(
            ["GET /pages/site/x", "GET /pages/site/x \"1\"", "GET /pages/site/x \"1\""], edge.Asked);
    }

    [Fact]
    public async Task A_viewer_who_has_the_object_gets_304()
    {
        await using var edge = await DistributionOnPortZero.StartAsync(PassOn);
        edge.Objects["/pages/site/x"] = new("one", ("ETag", "\"1\""));

        var known = await edge.SendAsync("/x", null, ("If-None-Match", "\"0\", W/\"1\""));
        var other = await edge.SendAsync("/x", null, ("If-None-Match", "\"0\""));

        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.OK), (known.StatusCode, other.StatusCode));
        Assert.Empty(await known.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task HEAD_has_the_headers_and_leaves_the_cache_as_it_is()
    {
        await using var edge = await DistributionOnPortZero.StartAsync(PassOn);
        edge.Objects["/pages/site/x"] = new("one", ("ETag", "\"1\""));

        var head = await edge.SendAsync("/x", HttpMethod.Head);
        await edge.SendAsync("/x");
        var hit = await edge.SendAsync("/x", HttpMethod.Head);

        Assert.Equal(3, head.Content.Headers.ContentLength);
        Assert.Equal(("Miss from cloudfront", "Hit from cloudfront"), (Cache(head), Cache(hit)));
        Assert.Equal(3, hit.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task What_is_not_there_stays_so_for_ten_seconds_and_viewer_response_does_not_see_it()
    {
        await using var edge = await DistributionOnPortZero.StartAsync("""
            export const handler = async ({ Records: [{ cf }] }) => {
              if (cf.response) throw new Error('not at 404');
              return cf.request;
            };
            """);

        Assert.Equal(HttpStatusCode.NotFound, (await edge.SendAsync("/x")).StatusCode);
        edge.Objects["/pages/site/x"] = new("one");
        Assert.Equal(HttpStatusCode.NotFound, (await edge.SendAsync("/x")).StatusCode);
        edge.World.Clock.JumpBy(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await edge.SendAsync("/x")).StatusCode);
        Assert.Equal(2, edge.Asked.Count);
    }

    [Fact]
    public async Task An_object_too_large_to_keep_passes_through_each_time()
    {
        await using var edge = await DistributionOnPortZero.StartAsync(PassOn);
        var bytes = new byte[EdgeLimits.MaxCachedObjectBytes + 1];
        bytes[^1] = 7;
        edge.Objects["/pages/site/x"] = new(bytes);

        for (var i = 0; i < 2; i++)
        {
            var answer = await edge.SendAsync("/x");
            Assert.Equal("Miss from cloudfront", Cache(answer));
            Assert.Equal(bytes, await answer.Content.ReadAsByteArrayAsync());
        }

        Assert.Equal(2, edge.Asked.Count);
    }

    [Fact]
    public async Task The_events_are_of_the_documented_shape()
    {
        await using var edge = await DistributionOnPortZero.StartAsync("""
            export const handler = async (event) => {
              const { request, response } = event.Records[0].cf;
              if (!response && request.uri === '/request') {
                return { status: '200', body: JSON.stringify(event) };
              }
              if (response) console.log(JSON.stringify(event));
              return response ?? request;
            };
            """);
        edge.Objects["/pages/site/response"] = new("one", ("ETag", "\"1\""));

        var seen = JsonNode.Parse(await (await edge.SendAsync(
            "/request?q=%20&r", null, ("X-Two", "1"), ("Cookie", "a=1; b=2"), ("X-Real-Ip", "9"))).Content
            .ReadAsStringAsync())!["Records"]![0]!["cf"]!;
        await edge.SendAsync("/response");
        var line = await edge.FactAsync<EdgeLineWritten>();
        var later = JsonNode.Parse(line.Line)!["Records"]![0]!["cf"]!;

        Assert.Equal(["config", "request"], Names(seen));
        Assert.Equal(["distributionDomainName", "distributionId", "eventType", "requestId"], Names(seen["config"]!));
        Assert.Equal("viewer-request", (string?)seen["config"]!["eventType"]);
        Assert.Equal(["clientIp", "headers", "method", "querystring", "uri"], Names(seen["request"]!));
        Assert.Equal(("127.0.0.1", "GET", "q=%20&r", "/request"), (
            (string?)seen["request"]!["clientIp"], (string?)seen["request"]!["method"],
            (string?)seen["request"]!["querystring"], (string?)seen["request"]!["uri"]));
        Assert.Equal(
            """[{"key":"Cookie","value":"a=1; b=2"}]""", seen["request"]!["headers"]!["cookie"]!.ToJsonString());
        Assert.Null(seen["request"]!["headers"]!["x-real-ip"]);
        Assert.Equal(["config", "request", "response"], Names(later));
        Assert.Equal("viewer-response", (string?)later["config"]!["eventType"]);
        Assert.Equal(["headers", "status", "statusDescription"], Names(later["response"]!));
        Assert.Equal(("200", "OK"), (
            (string?)later["response"]!["status"], (string?)later["response"]!["statusDescription"]));
    }

    [Fact]
    [Claim("T5")]
    public async Task A_generated_response_asks_neither_cache_nor_origin()
    {
        await using var edge = await DistributionOnPortZero.StartAsync("""
            export const handler = (event, context, callback) => callback(null, {
              status: '401', statusDescription: 'Unauthorized', body: 'bm8=', bodyEncoding: 'base64',
              headers: { 'www-authenticate': [{ value: 'Bearer' }] },
            });
            """);

        var answer = await edge.SendAsync("/");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("no", await answer.Content.ReadAsStringAsync());
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        Assert.Equal("LambdaGeneratedResponse from cloudfront", Cache(answer));
        Assert.Empty(edge.Asked);
    }

    [Theory]
    [InlineData("/../other/x", "/pages/site/../other/x")]
    [InlineData("/%2e%2e/x", "/pages/site/%2e%2e/x")]
    [InlineData("/..%2fx", "/pages/site/..%2fx")]
    public async Task A_path_upwards_stays_inside_the_origin_path(string target, string asked)
    {
        await using var edge = await DistributionOnPortZero.StartAsync(PassOn);

        var answer = await edge.RawAsync($"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 404", answer, StringComparison.Ordinal);
        Assert.Equal($"GET {asked}", Assert.Single(edge.Asked));
    }

    [Theory]
    [InlineData("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n", 403)]
    [InlineData("DELETE / HTTP/1.1\r\nHost: 127.0.0.1\r\n", 403)]
    [InlineData("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n", 403)]
    [InlineData("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n", 403)]
    [InlineData("GET http://127.0.0.1/ HTTP/1.1\r\nHost: 127.0.0.1\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: example.org\r\n", 421)]
    public async Task What_CloudFront_would_not_take_is_refused_before_a_function_runs(string head, int status)
    {
        await using var edge = await DistributionOnPortZero.StartAsync(PassOn);

        var answer = await edge.RawAsync(head + "Connection: close\r\n\r\n");

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Empty(edge.Facts<EdgeProcessStarted>());
    }

    [Fact]
    public async Task A_uri_of_8192_characters_is_too_long()
    {
        await using var edge = await DistributionOnPortZero.StartAsync(PassOn);

        Assert.Equal(HttpStatusCode.NotFound, (await edge.SendAsync("/" + new string('a', 8_100))).StatusCode);
        Assert.Equal(
            HttpStatusCode.RequestUriTooLong, (await edge.SendAsync("/" + new string('a', 8_191))).StatusCode);
    }

    private static string[] Names(JsonNode node) =>
        [.. node.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal)];

    private static string Cache(HttpResponseMessage answer) => answer.Headers.GetValues("X-Cache").Single();
}
