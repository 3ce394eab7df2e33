using System.Text.Json.Nodes;
using Isobar.Local.Edge.Handlers;
using Isobar.Stories.Api;

namespace Isobar.Stories.Website;

/// <summary>A page that is put together at the edge, from what the API answers.</summary>
[Collection(OneStack.Name)]
[Concept("Lambda@Edge: content that is fetched at the edge, and security headers", "EnrichFunction", "JobsCachePolicy")]
public sealed class EnrichStories(StackFixture fixture) : IDisposable
{
    private const string Page = "/jobs.html";
    private const string WithoutJobs = "The jobs can’t be shown now";

    private readonly Viewers viewers = new(fixture);

    public void Dispose() => viewers.Dispose();

    [Fact]
    [Claim("E6")]
    public async Task The_page_of_jobs_shows_the_newest_one_and_is_fetched_once_for_all_viewers()
    {
        await viewers.PublishAsync();
        var landed = await fixture.Landings.PutSampleAsync("website/enriched.csv", "XIW00000001.csv");
        await fixture.SettleAsync(landed);
        await WarmAsync();
        await fixture.Host.ClockControl.AdvanceByAsync(TimeSpan.FromSeconds(61), CancellationToken.None);
        var begun = fixture.Host.Journal.LastSequence;

        var pages = new List<string>();
        for (var viewer = 0; viewer < 20; viewer++)
            pages.Add(await viewers.PageAsync(Page, ("User-Agent", $"{Viewers.Desktop} v{viewer}")));

        Assert.Contains("website/enriched.csv", pages[0], StringComparison.Ordinal);
        Assert.DoesNotContain("<script", pages[0], StringComparison.Ordinal);
        Assert.Single(pages.Distinct());
        Assert.Equal(1, viewers.Events("origin-request", begun));
    }

    [Fact]
    public async Task With_its_source_down_the_page_is_served_without_jobs_and_a_moment_later_with_them()
    {
        await viewers.PublishAsync();
        await fixture.SettleAsync(await fixture.Landings.PutSampleAsync("website/down.csv", "XIW00000001.csv"));
        await ReserveAsync(HttpMethod.Put, new JsonObject { ["ReservedConcurrentExecutions"] = 0 });
        var begun = fixture.Host.Journal.LastSequence;
        try
        {
            var started = TimeProvider.System.GetTimestamp();
            Assert.Contains(WithoutJobs, await viewers.PageAsync(Page), StringComparison.Ordinal);
            // 2 s, the limit of edge/enrich/settings.mjs, and what starts and serves around it.
            Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(5));
            Assert.Contains(WithoutJobs, await viewers.PageAsync(Page), StringComparison.Ordinal);
            Assert.Equal(1, viewers.Events("origin-request", begun));
            // The function's line comes by another way than its answer, and perhaps later.
            var written = await fixture.Host.Journal.WaitForAsync<EdgeLineWritten>(
                _ => true, TimeSpan.FromSeconds(10), begun);
            Assert.Contains("The page is served without jobs", written.Line, StringComparison.Ordinal);
            Assert.Single(fixture.Facts<EdgeLineWritten>(begun));
        }
        finally
        {
            await ReserveAsync(HttpMethod.Delete);
        }

        await WarmAsync();
        await fixture.Host.ClockControl.AdvanceByAsync(TimeSpan.FromSeconds(6), CancellationToken.None);
        Assert.Contains("website/down.csv", await viewers.PageAsync(Page), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/index.html")]
    [InlineData("/jobs.html")]
    [InlineData("/sign-in.html")]
    [InlineData("/site.css")]
    [InlineData("/catalog.js")]
    [InlineData("/private/")]
    public async Task Every_page_has_security_headers_from_the_origin_and_from_the_cache(string path)
    {
        await viewers.PublishAsync();
        var token = fixture.Tokens.Issue("reader", "isobar", TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1));
        for (var visit = 0; visit < 2; visit++)
        {
            using var answer = await viewers.VisitAsync(path, ("Authorization", $"Bearer {token}"));
            Assert.Equal(["nosniff"], answer.Headers.GetValues("X-Content-Type-Options"));
            Assert.Equal(["max-age=31536000"], answer.Headers.GetValues("Strict-Transport-Security"));
            if (Path.GetExtension(path) is ".css" or ".js") continue;
            Assert.StartsWith(
                "default-src 'none'; script-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(),
                StringComparison.Ordinal);
        }
    }

    // A first call of the route may take longer than the edge waits for it.
    private async Task WarmAsync()
    {
        using var api = fixture.Api();
        (await api.GetAsync("jobs?limit=1")).Expect(200);
    }

    // Without any concurrency every call of the API's route fails, as it does when a source is down.
    private Task ReserveAsync(HttpMethod method, JsonObject? body = null) => fixture.Stack.Calls.LambdaAsync(
        method, $"2017-10-31/functions/{fixture.Stack.NameOf("ApiListJobsFunction")}/concurrency", body);
}
