using System.Net;
using Isobar.Local.Edge.Handlers;
using Isobar.Local.Edge.Requests;

namespace Isobar.Local.Tests.Edge;

/// <summary>The A/B router behind the distribution of edge.yaml, as viewers see the two.</summary>
public sealed class RouterTests
{
    private const int Viewers = 1_000;
    private const double ShareOfA = 0.8;

    [Fact]
    [Claim("E3")]
    public async Task A_thousand_viewers_are_split_by_the_weights_and_each_variant_is_asked_of_the_origin_once()
    {
        await using var edge = await StartAsync();

        var shown = new List<(string Page, string Cookie)>();
        foreach (var viewer in Enumerable.Range(0, Viewers))
            shown.Add(await VisitAsync(edge, $"Viewer/{viewer}", null));

        var a = shown.Count(visit => visit.Page == "page a");
        var sigma = Math.Sqrt(Viewers * ShareOfA * (1 - ShareOfA));
        TestContext.Current.TestOutputHelper!.WriteLine($"{a} of {Viewers} see a; 1 sigma is {sigma:0.0}");
        Assert.InRange(a, (Viewers * ShareOfA) - (3 * sigma), (Viewers * ShareOfA) + (3 * sigma));
        Assert.All(shown, visit => Assert.StartsWith($"isobar-variant={visit.Page[^1]};", visit.Cookie));
        Assert.Equal(["GET /pages/site/a/index.html", "GET /pages/site/b/index.html"], edge.Asked.Order());
        Assert.Equal(Viewers - 2, edge.Facts<EdgeRequestAnswered>().Count(fact => fact.Result == CacheResult.Hit));
        Assert.Single(edge.Facts<EdgeProcessStarted>());
    }

    [Fact]
    public async Task A_viewer_sees_the_same_variant_at_every_visit_with_and_without_the_cookie()
    {
        await using var edge = await StartAsync();

        foreach (var viewer in Enumerable.Range(0, 40))
        {
            var (page, _) = await VisitAsync(edge, $"Viewer/{viewer}", null);
            Assert.Equal(page, (await VisitAsync(edge, $"Viewer/{viewer}", null)).Page);
            var sticky = await VisitAsync(edge, "another user agent", $"isobar-variant={page[^1]}");
            Assert.Equal((page, ""), sticky);
        }
    }

    [Fact]
    public async Task The_cookie_of_the_other_variant_wins_over_the_draw()
    {
        await using var edge = await StartAsync();
        var (drawn, _) = await VisitAsync(edge, "Viewer/1", null);
        var other = drawn == "page a" ? 'b' : 'a';

        Assert.Equal(($"page {other}", ""), await VisitAsync(edge, "Viewer/1", $"isobar-variant={other}"));
    }

    [Fact]
    public async Task The_catalog_passes_and_brings_no_cookie()
    {
        await using var edge = await StartAsync();
        edge.Objects["/pages/site/catalog.json"] = new("""{"files":[]}""");

        var answer = await edge.SendAsync("/catalog.json");

        Assert.Equal("""{"files":[]}""", await answer.Content.ReadAsStringAsync());
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    private static async Task<DistributionOnPortZero> StartAsync()
    {
        var edge = await DistributionOnPortZero.StartAsync(handler: null);
        foreach (var variant in (string[])["a", "b"])
            edge.Objects[$"/pages/site/{variant}/index.html"] =
                new($"page {variant}", ("ETag", $"\"{variant}\""), ("Content-Type", "text/html"));
        return edge;
    }

    private static async Task<(string Page, string Cookie)> VisitAsync(
        DistributionOnPortZero edge, string userAgent, string? cookie)
    {
        var answer = await edge.SendAsync("/", null, [("User-Agent", userAgent), .. Cookie(cookie)]);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadAsStringAsync(),
            answer.Headers.TryGetValues("Set-Cookie", out var set) ? Assert.Single(set) : "");
    }

    private static (string, string)[] Cookie(string? cookie) => cookie is null ? [] : [("Cookie", cookie)];
}
