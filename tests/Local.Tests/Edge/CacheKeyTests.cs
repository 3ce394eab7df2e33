using Isobar.Local.Edge.Events;
using Isobar.Local.Edge.Stack;
using Isobar.Local.Edge.Requests;

namespace Isobar.Local.Tests.Edge;

/// <summary>What makes two requests be for the same object, and what of a request the origin sees.</summary>
public sealed class CacheKeyTests
{
    private const string PassOn = """
        export const handler = async ({ Records: [{ cf }] }) => cf.response ?? cf.request;
        """;

    private const string Phone =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1";

    private const string Desktop =
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36";

    [Fact]
    public async Task A_page_for_phones_is_never_served_to_a_desktop_over_10000_mixed_requests()
    {
        const int Requests = 10_000;
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var edge = await DistributionOnPortZero.StartAsync("""
            export const handler = async ({ Records: [{ cf: { request } }] }) => {
              const isMobile = request.headers['cloudfront-is-mobile-viewer'][0].value === 'true';
              request.uri = (isMobile ? '/mobile' : '/desktop') + request.uri;
              return request;
            };
            """, text => AtOriginRequest(text).Replace(
            "HeaderBehavior: none", "HeaderBehavior: whitelist, Headers: [CloudFront-Is-Mobile-Viewer]"));
        string[] paths = ["/a", "/b", "/c"];
        foreach (var path in paths)
            foreach (var kind in (string[])["mobile", "desktop"])
                edge.Objects[$"/pages/site/{kind}{path}"] = new(kind + path, ("ETag", $"\"{kind}{path}\""));

        var draws = Enumerable.Range(0, Requests)
            .Select(_ => (
                IsPhone: random.Next(2) == 0, Path: paths[random.Next(paths.Length)], Spoof: random.Next(9) == 0))
            .ToArray();
        await Parallel.ForEachAsync(draws, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (draw, _) =>
        {
            (string, string)[] headers = [("User-Agent", draw.IsPhone ? Phone : Desktop),
                .. draw.Spoof ? [("CloudFront-Is-Mobile-Viewer", draw.IsPhone ? "false" : "true")]
                    : Array.Empty<(string, string)>()];
            using var answer = await edge.SendAsync(draw.Path, null, headers);
            Assert.Equal(
                (draw.IsPhone ? "mobile" : "desktop") + draw.Path, await answer.Content.ReadAsStringAsync());
        });

        Assert.Equal(6, edge.Asked.Count);
        Assert.Equal(6, edge.Facts<Isobar.Local.Edge.Handlers.EdgeFunctionReported>().Count());
    }

    [Theory]
    [InlineData(Phone, "mobile ios")]
    [InlineData(Desktop, "desktop")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/130.0.0.0 Mobile Safari/537.36", "android mobile")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; SM-X200) Chrome/130.0.0.0 Safari/537.36", "android tablet")]
    [InlineData("Mozilla/5.0 (iPad; CPU OS 16_0 like Mac OS X) Version/16.0 Mobile/15E148 Safari/604.1", "ios tablet")]
    [InlineData("Mozilla/5.0 (SMART-TV; Linux; Tizen 7.0) AppleWebKit/537.36 TV Safari/537.36", "smarttv")]
    [InlineData("", "desktop")]
    public void A_device_is_told_by_its_user_agent(string agent, string kinds)
    {
        string[] names = ["android", "desktop", "ios", "mobile", "smarttv", "tablet"];
        var headers = new HeaderMap();
        if (agent.Length > 0) headers.Add("User-Agent", agent);
        var behavior = Behavior(ManagedPolicies.Cache.Values.First() with
        {
            AddedHeaders = System.Collections.Frozen.FrozenSet.ToFrozenSet(
                names.Select(name => $"cloudfront-is-{name}-viewer").Append("cloudfront-viewer-country")),
        });

        var told = ViewerFacts.AddTo(new EventRequest("127.0.0.1", headers, "GET", "", "/"), behavior).Headers;

        Assert.Equal(kinds.Split(' ').Order(), names.Where(
            name => told.First($"cloudfront-is-{name}-viewer") == "true"));
        Assert.Equal("CloudFront-Is-IOS-Viewer", told["cloudfront-is-ios-viewer"][0].Key);
        Assert.Equal("US", told.First("cloudfront-viewer-country"));
    }

    [Theory]
    [InlineData("whitelist, Headers: [Accept-Language]", "none", "none", "X-Other", true)]
    [InlineData("whitelist, Headers: [Accept-Language]", "none", "none", "Accept-Language", false)]
    [InlineData("none", "none", "none", "Accept-Language", true)]
    [InlineData("none", "whitelist, Cookies: [theme]", "none", "Cookie", false)]
    [InlineData("none", "whitelist, Cookies: [other]", "none", "Cookie", true)]
    [InlineData("none", "allExcept, Cookies: [theme]", "none", "Cookie", true)]
    [InlineData("none", "all", "none", "Cookie", false)]
    [InlineData("none", "none", "whitelist, QueryStrings: [page]", "?page=", false)]
    [InlineData("none", "none", "whitelist, QueryStrings: [page]", "?other=", true)]
    [InlineData("none", "none", "allExcept, QueryStrings: [page]", "?page=", true)]
    [InlineData("none", "none", "all", "?other=", false)]
    public async Task Two_requests_share_an_object_unless_the_policy_tells_them_apart(
        string headers, string cookies, string queries, string differs, bool shares)
    {
        await using var edge = await DistributionOnPortZero.StartAsync(PassOn, text => text
            .Replace("HeaderBehavior: none", $"HeaderBehavior: {headers}")
            .Replace("CookieBehavior: none", $"CookieBehavior: {cookies}")
            .Replace("QueryStringBehavior: none", $"QueryStringBehavior: {queries}"));

        foreach (var value in (string[])["de", "fr"])
        {
            if (differs.StartsWith('?')) await edge.SendAsync($"/a{differs}{value}");
            else await edge.SendAsync("/a", null, (differs, differs == "Cookie" ? $"theme={value}" : value));
        }

        Assert.Equal(shares ? 1 : 2, edge.Requests.Count);
        if (!shares) Assert.Contains("fr", string.Join(' ',
            edge.Requests.Last().Path, edge.Requests.Last().Header(differs)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_origin_request_policy_names_goes_to_the_origin_and_not_into_the_key()
    {
        await using var edge = await DistributionOnPortZero.StartAsync(PassOn, text => text
            .Replace("# more resources", """
                TheForwarding:
                    Type: AWS::CloudFront::OriginRequestPolicy
                    Properties:
                      OriginRequestPolicyConfig:
                        Name: forwarding
                        CookiesConfig: {CookieBehavior: whitelist, Cookies: [theme]}
                        HeadersConfig: {HeaderBehavior: whitelist,
                          Headers: [Accept-Language, User-Agent, CloudFront-Viewer-Country]}
                        QueryStringsConfig: {QueryStringBehavior: all}
                """)
            .Replace("# more of the default behavior", "OriginRequestPolicyId: !Ref TheForwarding"));
        edge.Objects["/pages/site/a?x=1"] = new("one", ("ETag", "\"1\""));

        await edge.SendAsync("/a?x=1", null, ("Accept-Language", "de"), ("User-Agent", "V/1"),
            ("Cookie", "other=2; theme=dark"), ("X-Else", "1"));
        var hit = await edge.SendAsync("/a?x=2", null, ("Accept-Language", "fr"));

        Assert.Equal("Hit from cloudfront", hit.Headers.GetValues("X-Cache").Single());
        var asked = Assert.Single(edge.Requests);
        Assert.Equal(("de", "V/1", "theme=dark", "US", ""), (
            asked.Header("Accept-Language"), asked.Header("User-Agent"), asked.Header("Cookie"),
            asked.Header("CloudFront-Viewer-Country"), asked.Header("X-Else")));
    }

    [Theory]
    [InlineData("gzip, deflate, br", "br,gzip")]
    [InlineData("gzip;q=0, br", "br")]
    [InlineData("x-gzip", "")]
    [InlineData("GZIP", "gzip")]
    [InlineData("deflate", "")]
    public async Task The_origin_is_told_of_gzip_and_brotli_alone(string sent, string forwarded)
    {
        await using var edge = await DistributionOnPortZero.StartAsync(PassOn);

        await edge.SendAsync("/a", null, ("Accept-Encoding", sent));

        Assert.Equal(forwarded, Assert.Single(edge.Requests).Header("Accept-Encoding"));
    }

    [Fact]
    public async Task A_page_without_a_stated_length_is_kept_too()
    {
        await using var edge = await DistributionOnPortZero.StartAsync(PassOn);
        edge.Objects["/pages/site/a"] = new("one") { IsChunked = true };

        await edge.SendAsync("/a");
        var hit = await edge.SendAsync("/a");

        Assert.Equal("one", await hit.Content.ReadAsStringAsync());
        Assert.Single(edge.Asked);
    }

    private static string AtOriginRequest(string text) => text
        .Replace("- {EventType: viewer-request, LambdaFunctionARN: !Ref TheFunction.Version, IncludeBody: false}", "")
        .Replace("EventType: viewer-response", "EventType: origin-request");

    private static BehaviorSettings Behavior(CachePolicy policy) => new(
        PathPattern.Any,
        new OriginSettings("a", new EventOrigin(null, new S3Origin("none", new HeaderMap(), "a", "", "us-east-1"))),
        ["GET"], ["GET"], policy, OriginRequestPolicy.None, null, false, new Dictionary<string, FunctionAssociation>());
}
