using System.Net;
using System.Text.Json.Nodes;
using Isobar.Local.Edge.Handlers;
using Isobar.Local.Edge.Requests;

namespace Isobar.Local.Tests.Edge;

/// <summary>The events of the origin: when they run, what they see, what they may change.</summary>
public sealed class OriginEventTests
{
    /// <summary>Does, at the event that the path names, what the rest of the path says.</summary>
    private const string Obedient = """
        export const handler = async ({ Records: [{ cf }] }) => {
          const { config: { eventType }, request, response } = cf;
          console.log(JSON.stringify({ eventType, ...cf }));
          const passed = response ?? request;
          if (request.uri.split('/')[1] !== eventType) return passed;
          switch (request.uri.split('/')[2]) {
            case 'made': return { status: '200', statusDescription: 'OK', body: 'made here',
              headers: { 'cache-control': [{ value: 'max-age=30' }] } };
            case 'made-no-store': return { status: '200', body: 'made',
              headers: { 'cache-control': [{ value: 'no-store' }] } };
            case 'large': return { status: '200', body: 'x'.repeat(1024 * 1024 + 1) };
            case 'huge': return { status: '200', body: 'x'.repeat(9 * 1024 * 1024) };
            case 'nearly': return { status: '200', body: 'x'.repeat(1024 * 1024) };
            case 'host': request.headers.host = [{ value: 'other' }]; return request;
            case 'via': request.headers.via = [{ value: 'other' }]; return request;
            case 'encoding': request.headers['accept-encoding'] = [{ value: 'br' }]; return request;
            case 'edge': passed.headers['x-edge-a'] = [{ value: '1' }]; return passed;
            case 'status': return { ...response, status: '200', statusDescription: 'OK', body: 'instead',
              headers: { 'content-type': [{ value: 'text/plain' }] } };
            case 'headers': response.headers['strict-transport-security'] = [{ value: 'max-age=1' }]; return response;
            case 'response-large': return { ...response, body: 'x'.repeat(1024 * 1024 + 1) };
            case 'bad-status': return { ...response, status: '199' };
            case 'throw': throw new Error('of no use');
            default: return passed;
          }
        };
        """;

    [Fact]
    public async Task Viewer_events_run_on_every_request_and_origin_events_only_on_a_miss()
    {
        await using var edge = await StartAsync();
        edge.Objects["/pages/site/a"] = new("one", ("ETag", "\"1\""));
        edge.Objects["/pages/site/b"] = new("two", ("ETag", "\"2\""));

        for (var i = 0; i < 10; i++)
            foreach (var path in (string[])["/a", "/b"]) await edge.SendAsync(path);

        Assert.Equal(
            (20, 2, 2, 20),
            (Ran(edge, "viewer-request"), Ran(edge, "origin-request"), Ran(edge, "origin-response"),
                Ran(edge, "viewer-response")));
        Assert.Equal(2, edge.Asked.Count);
        var first = edge.Facts<EdgeFunctionReported>().Take(4).Select(fact => fact.EventType);
        Assert.Equal(["viewer-request", "origin-request", "origin-response", "viewer-response"], first);
    }

    [Fact]
    public async Task An_object_grown_old_runs_the_origins_events_again()
    {
        await using var edge = await StartAsync();
        edge.Objects["/pages/site/a"] = new("one", ("ETag", "\"1\""));
        await edge.SendAsync("/a");
        edge.World.Clock.JumpBy(TimeSpan.FromSeconds(61));

        var again = await edge.SendAsync("/a");

        Assert.Equal("RefreshHit from cloudfront", Cache(again));
        Assert.Equal("one", await again.Content.ReadAsStringAsync());
        Assert.Equal((2, 2), (Ran(edge, "origin-request"), Ran(edge, "origin-response")));
        var seen = (await SeenAsync(edge, "origin-response"))[^1];
        Assert.Equal("304", seen["response"]!["status"]!.GetValue<string>());
        Assert.Equal(
            "\"1\"",
            (await SeenAsync(edge, "origin-request"))[^1]["request"]!["headers"]!["if-none-match"]![0]!["value"]!
                .GetValue<string>());
    }

    [Fact]
    public async Task The_event_of_an_origin_request_has_the_documented_shape()
    {
        await using var edge = await StartAsync();

        await edge.SendAsync("/a?q=1", null, ("User-Agent", "Viewer/1"), ("X-Mine", "1"), ("Cookie", "a=1"));

        var request = Assert.Single(await SeenAsync(edge, "origin-request"))["request"]!;
        Assert.Equal(["clientIp", "headers", "method", "origin", "querystring", "uri"], Names(request));
        Assert.Equal("", request["querystring"]!.GetValue<string>());
        Assert.Equal(["host", "user-agent", "via", "x-forwarded-for"], Names(request["headers"]!));
        Assert.Equal("Amazon CloudFront", request["headers"]!["user-agent"]![0]!["value"]!.GetValue<string>());
        Assert.Equal(
            "pages.s3.us-east-1.amazonaws.com", request["headers"]!["host"]![0]!["value"]!.GetValue<string>());
        Assert.Equal(["s3"], Names(request["origin"]!));
        Assert.Equal(
            """{"authMethod":"none","customHeaders":{},"domainName":"pages.s3.us-east-1.amazonaws.com","""
                + "\"path\":\"/site\",\"region\":\"us-east-1\"}",
            request["origin"]!["s3"]!.ToJsonString());
    }

    [Fact]
    public async Task What_origin_request_generates_is_cached_and_the_origin_untouched()
    {
        await using var edge = await StartAsync();

        var first = await edge.SendAsync("/origin-request/made");
        var second = await edge.SendAsync("/origin-request/made");

        Assert.Equal("made here", await second.Content.ReadAsStringAsync());
        Assert.Equal(
            ("LambdaGeneratedResponse from cloudfront", "Hit from cloudfront"), (Cache(first), Cache(second)));
        Assert.Equal((1, 0, 2), (
            Ran(edge, "origin-request"), Ran(edge, "origin-response"), Ran(edge, "viewer-response")));
        Assert.Empty(edge.Asked);
        edge.World.Clock.JumpBy(TimeSpan.FromSeconds(30));
        await edge.SendAsync("/origin-request/made");
        Assert.Equal(2, Ran(edge, "origin-request"));
    }

    [Fact]
    public async Task What_origin_request_generates_is_not_cached_where_it_says_so()
    {
        await using var edge = await StartAsync();

        for (var i = 0; i < 3; i++) await edge.SendAsync("/origin-request/made-no-store");

        Assert.Equal(3, Ran(edge, "origin-request"));
    }

    [Fact]
    public async Task Origin_response_replaces_an_error_and_the_replacement_is_cached()
    {
        await using var edge = await StartAsync();

        var first = await edge.SendAsync("/origin-response/status");
        var second = await edge.SendAsync("/origin-response/status");

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal("instead", await second.Content.ReadAsStringAsync());
        Assert.Equal("Hit from cloudfront", Cache(second));
        var seen = Assert.Single(await SeenAsync(edge, "origin-response"));
        Assert.Equal("404", seen["response"]!["status"]!.GetValue<string>());
        Assert.Single(edge.Asked);
    }

    [Fact]
    public async Task Origin_response_adds_headers_that_are_kept_with_the_object_and_leaves_the_body()
    {
        await using var edge = await StartAsync();
        edge.Objects["/pages/site/origin-response/headers"] = new("the body", ("ETag", "\"1\""));

        await edge.SendAsync("/origin-response/headers");
        var hit = await edge.SendAsync("/origin-response/headers");

        Assert.Equal("the body", await hit.Content.ReadAsStringAsync());
        Assert.Equal("max-age=1", hit.Headers.GetValues("Strict-Transport-Security").Single());
        Assert.Equal(1, Ran(edge, "origin-response"));
        Assert.Null(Assert.Single(await SeenAsync(edge, "origin-response"))["response"]!["body"]);
    }

    [Theory]
    [InlineData("origin-request/large", 502, "LambdaValidationError", "larger than 1048576 bytes", true)]
    [InlineData("origin-request/huge", 503, "LambdaExecutionError", "answered with more than it may", true)]
    [InlineData("origin-request/via", 502, "LambdaValidationError", "read-only header via", true)]
    [InlineData("origin-request/encoding", 502, "LambdaValidationError", "read-only header accept-encoding", true)]
    [InlineData("origin-request/edge", 502, "LambdaValidationError", "disallowed header x-edge-a", true)]
    [InlineData("origin-request/throw", 503, "LambdaExecutionError", "of no use", true)]
    [InlineData("origin-response/edge", 502, "LambdaValidationError", "disallowed header x-edge-a", false)]
    [InlineData("origin-response/response-large", 502, "LambdaValidationError", "larger than 1048576 bytes", false)]
    [InlineData("origin-response/bad-status", 502, "LambdaValidationError", "200 to 599", false)]
    [InlineData("origin-response/throw", 503, "LambdaExecutionError", "of no use", false)]
    public async Task A_failure_is_not_kept_and_the_viewer_gets_what_CloudFront_gives(
        string path, int status, string result, string why, bool isBeforeTheOrigin)
    {
        await using var edge = await StartAsync();
        edge.Objects[$"/pages/site/{path}"] = new("one", ("ETag", "\"1\""));

        var answer = await edge.SendAsync("/" + path);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal($"{result} from cloudfront", Cache(answer));
        Assert.Contains(why, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(isBeforeTheOrigin ? 0 : 1, edge.Asked.Count);
        await edge.SendAsync("/" + path);
        Assert.Equal(2, edge.Facts<EdgeFunctionFailed>().Count());
    }

    [Fact]
    public async Task A_response_made_at_origin_request_is_1_MB_at_most()
    {
        await using var edge = await StartAsync();

        var answer = await edge.SendAsync("/origin-request/nearly");

        Assert.Equal(1024 * 1024, (await answer.Content.ReadAsByteArrayAsync()).Length);
    }

    [Fact]
    public async Task A_hundred_viewers_at_a_time_make_one_request_to_the_origin()
    {
        await using var edge = await StartAsync();
        edge.Objects["/pages/site/a"] = new("one", ("ETag", "\"1\""));
        var open = new TaskCompletionSource();
        edge.Answering = open.Task;

        var viewers = Enumerable.Range(0, 100).Select(_ => edge.SendAsync("/a")).ToArray();
        await edge.FactAsync<EdgeFunctionReported>(_ => Ran(edge, "viewer-request") == 100);
        open.SetResult();
        var answers = await Task.WhenAll(viewers);

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Single(edge.Asked);
        Assert.Equal((1, 1), (Ran(edge, "origin-request"), Ran(edge, "origin-response")));
        Assert.Equal(1, answers.Count(answer => Cache(answer) == "Miss from cloudfront"));
    }

    [Fact]
    public async Task An_answer_that_may_not_be_kept_is_shared_with_nobody()
    {
        await using var edge = await StartAsync();
        edge.Objects["/pages/site/a"] = new("one", ("Cache-Control", "no-store"));
        var open = new TaskCompletionSource();
        edge.Answering = open.Task;

        var viewers = Enumerable.Range(0, 5).Select(_ => edge.SendAsync("/a")).ToArray();
        await edge.FactAsync<EdgeFunctionReported>(_ => Ran(edge, "viewer-request") == 5);
        open.SetResult();
        await Task.WhenAll(viewers);

        Assert.Equal(5, edge.Asked.Count);
    }

    [Fact]
    public async Task An_old_object_is_served_while_the_origin_is_away_or_fails()
    {
        await using var edge = await StartAsync();
        edge.Objects["/pages/site/a"] = new("one", ("ETag", "\"1\""));
        await edge.SendAsync("/a");
        edge.World.Clock.JumpBy(TimeSpan.FromSeconds(61));
        edge.Objects["/pages/site/a"] = new("failed") { Status = 503 };
        var failing = await edge.SendAsync("/a");
        await edge.SendAsync("/a");
        Assert.Equal(2, edge.Asked.Count);
        await edge.StopOriginAsync();
        edge.World.Clock.JumpBy(TimeSpan.FromSeconds(11));
        var away = await edge.SendAsync("/a");

        Assert.Equal(("one", "one"), (
            await failing.Content.ReadAsStringAsync(), await away.Content.ReadAsStringAsync()));
    }

    private static Task<DistributionOnPortZero> StartAsync() => DistributionOnPortZero.StartAsync(
        Obedient, text => text.Replace("# more functions", """
            - {EventType: origin-request, LambdaFunctionARN: !Ref TheFunction.Version}
                        - {EventType: origin-response, LambdaFunctionARN: !Ref TheFunction.Version}
            """));

    private static int Ran(DistributionOnPortZero edge, string eventType) =>
        edge.Facts<EdgeFunctionReported>().Count(fact => fact.EventType == eventType);

    // A handler writes one line an event. Its lines come by another way than its answers, and perhaps later.
    private static async Task<IReadOnlyList<JsonNode>> SeenAsync(DistributionOnPortZero edge, string eventType)
    {
        await edge.FactAsync<EdgeLineWritten>(_ => Lines(edge, eventType).Count >= Ran(edge, eventType));
        return Lines(edge, eventType);
    }

    private static List<JsonNode> Lines(DistributionOnPortZero edge, string eventType) =>
    [
        .. edge.Facts<EdgeLineWritten>().Where(fact => fact.Line.StartsWith('{'))
            .Select(fact => JsonNode.Parse(fact.Line)!)
            .Where(line => line["eventType"]!.GetValue<string>() == eventType),
    ];

    private static string[] Names(JsonNode node) =>
        [.. node.AsObject().Select(member => member.Key).Order(StringComparer.Ordinal)];

    private static string Cache(HttpResponseMessage answer) => answer.Headers.GetValues("X-Cache").Single();
}
