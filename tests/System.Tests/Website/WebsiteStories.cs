using System.Net;
using System.Text.Json;
using Amazon.S3.Model;
using Isobar.Local.Edge.Requests;
using Isobar.Local.Tour;

namespace Isobar.Stories.Website;

/// <summary>The website as viewers have it: pages and catalog in the bucket, the router before them.</summary>
[Collection(OneStack.Name)]
public sealed class WebsiteStories(StackFixture fixture) : IDisposable
{
    private readonly HttpClient viewer = new(new SocketsHttpHandler { UseCookies = false });

    public void Dispose() => viewer.Dispose();

    [Fact]
    [Concept("Lambda@Edge: a sticky A/B split", "AbRouterFunction", "Distribution")]
    [Claim("E3")]
    [Claim("S3")]
    public async Task A_viewer_sees_one_of_two_home_pages_keeps_it_by_cookie_and_reads_the_catalog()
    {
        var website = Website();
        await PublishAsync();
        // Changes that another story left behind are written first; they would join this list.
        await fixture.Host.ClockControl.AdvanceByAsync(TimeSpan.FromSeconds(10), CancellationToken.None);
        await fixture.QuietAsync();
        await PutAsync("catalog.json", """
            {"files":[{"key":"website/shown.csv","job":"shown","versionId":"v1","sequencer":"01","chunks":1,
            "acceptedAt":"2026-01-12T12:00:00+00:00"}]}
            """, "application/json");
        var begun = fixture.Host.Journal.LastSequence;

        var first = await VisitAsync(website, "/", "Story/1.0", null);
        var cookie = Assert.Single(first.Headers.GetValues("Set-Cookie"));
        var variant = cookie["isobar-variant=".Length];
        var page = await first.Content.ReadAsStringAsync();
        Assert.Contains($"variant {char.ToUpperInvariant(variant)} of this page", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Secure", cookie, StringComparison.Ordinal);

        var second = await VisitAsync(website, "/", "Another/2.0", $"isobar-variant={variant}");
        Assert.Equal(page, await second.Content.ReadAsStringAsync());
        Assert.False(second.Headers.Contains("Set-Cookie"));
        Assert.Equal("Hit from cloudfront", second.Headers.GetValues("X-Cache").Single());

        var other = variant == 'a' ? 'b' : 'a';
        var opposite = await VisitAsync(website, "/index.html", "Story/1.0", $"isobar-variant={other}");
        var otherPage = await opposite.Content.ReadAsStringAsync();
        Assert.Contains($"variant {char.ToUpperInvariant(other)} of", otherPage, StringComparison.Ordinal);

        var catalog = await VisitAsync(website, "/catalog.json", "Story/1.0", null);
        using var read = JsonDocument.Parse(await catalog.Content.ReadAsStringAsync());
        Assert.Equal(1, read.RootElement.GetProperty("files").GetArrayLength());
        Assert.Equal(1, fixture.Facts<EdgeRequestAnswered>(begun).Count(fact => fact.Result == "Hit"));
    }

    [Fact]
    public async Task A_new_catalog_is_seen_when_the_old_one_has_been_kept_for_a_minute()
    {
        var website = Website();
        await PutAsync("news.json", "1", "application/json");
        Assert.Equal("1", await TextAsync(website, "/news.json"));
        await PutAsync("news.json", "2", "application/json");
        Assert.Equal("1", await TextAsync(website, "/news.json"));

        await fixture.Host.ClockControl.AdvanceByAsync(TimeSpan.FromSeconds(61), CancellationToken.None);

        Assert.Equal("2", await TextAsync(website, "/news.json"));
    }

    [Theory]
    [InlineData("/../secret.txt")]
    [InlineData("/%2e%2e/secret.txt")]
    [InlineData("/..%2fsecret.txt")]
    [InlineData("/../../isobar-data-000000000000-us-east-1/secret.txt")]
    public async Task Nothing_outside_the_origin_path_is_served(string path)
    {
        var website = Website();
        await fixture.Stack.S3.PutObjectAsync(new PutObjectRequest
        {
            BucketName = fixture.Stack.SiteBucket, Key = "secret.txt", ContentBody = "secret",
        });
        await fixture.Stack.S3.PutObjectAsync(new PutObjectRequest
        {
            BucketName = fixture.Stack.DataBucket, Key = "secret.txt", ContentBody = "secret",
        });
        var asItIs = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };

        var answer = await viewer.GetAsync(new Uri($"{website.GetLeftPart(UriPartial.Authority)}{path}", asItIs));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain("secret\n", await answer.Content.ReadAsStringAsync() + "\n", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_Node_there_is_no_website_and_everything_else_works()
    {
        var options = fixture.Host.Options with
        {
            Node = null, Port = 0, DataDirectory = Directory.CreateTempSubdirectory("isobar-stories-").FullName,
        };
        await using var host = await Isobar.Local.LocalHost.StartAsync(options, CancellationToken.None);

        Assert.Null(host.EdgeAddress);
        Assert.Equal("there is no Node.js on the PATH", host.EdgeAbsence);
        using var stack = await DeployedStack.FindAsync(host.Address, host.Options.Region, host.Options.StackName);
        await stack.S3.PutObjectAsync(new PutObjectRequest
        {
            BucketName = stack.SiteBucket, Key = "site/catalog.json", ContentBody = "{}",
        });
    }

    private Uri Website()
    {
        if (fixture.Host.EdgeAbsence is { } absence) Assert.Skip($"There is no website here, because {absence}.");
        return fixture.Host.EdgeAddress!;
    }

    private Task PublishAsync() => SiteFiles.PublishAsync(
        fixture.Stack.S3, fixture.Stack.SiteBucket, Repository.Root, CancellationToken.None);

    private Task PutAsync(string path, string content, string type) =>
        fixture.Stack.S3.PutObjectAsync(new PutObjectRequest
    {
        BucketName = fixture.Stack.SiteBucket,
        Key = "site/" + path,
        ContentBody = content,
        ContentType = type,
    });

    private async Task<string> TextAsync(Uri website, string path) =>
        await (await VisitAsync(website, path, "Story/1.0", null)).Content.ReadAsStringAsync();

    private async Task<HttpResponseMessage> VisitAsync(Uri website, string path, string userAgent, string? cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(website, path));
        request.Headers.Add("User-Agent", userAgent);
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        var answer = await viewer.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer;
    }
}
