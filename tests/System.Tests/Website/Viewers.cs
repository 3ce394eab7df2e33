using Amazon.S3.Model;
using Isobar.Local.Edge.Handlers;
using Isobar.Local.Tour;

namespace Isobar.Stories.Website;

/// <summary>People who visit the website of a stack, without cookies of their own.</summary>
internal sealed class Viewers(StackFixture fixture) : IDisposable
{
    public const string Phone =
        "Mozilla/5.0 (Linux; Android 16; K) AppleWebKit/537.36 Chrome/145.0.0.0 Mobile Safari/537.36";

    public const string Tablet = "Mozilla/5.0 (Android 16; Tablet; rv:145.0) Gecko/145.0 Firefox/145.0";

    public const string Desktop = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

    private readonly HttpClient client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });

    /// <summary>The website's address; the story is skipped where there is none.</summary>
    public Uri Address
    {
        get
        {
            if (fixture.Host.EdgeAbsence is { } absence) Assert.Skip($"There is no website here, because {absence}.");
            return fixture.Host.EdgeAddress!;
        }
    }

    public void Dispose() => client.Dispose();

    /// <summary>Publishes the site, and lets everything grow old that the cache has of it.</summary>
    public async Task PublishAsync()
    {
        _ = Address;
        await SiteFiles.PublishAsync(
            fixture.Stack.S3, fixture.Stack.SiteBucket, Repository.Root, CancellationToken.None);
        await fixture.Host.ClockControl.AdvanceByAsync(TimeSpan.FromSeconds(61), CancellationToken.None);
    }

    public Task PutAsync(string path, string content, string type) => fixture.Stack.S3.PutObjectAsync(
        new PutObjectRequest
        {
            BucketName = fixture.Stack.SiteBucket, Key = "site/" + path, ContentBody = content, ContentType = type,
        });

    /// <param name="path">Sent as it is written.</param>
    public async Task<HttpResponseMessage> VisitAsync(string path, params (string Name, string Value)[] headers)
    {
        var asItIs = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri(Address.GetLeftPart(UriPartial.Authority) + path, asItIs));
        foreach (var (name, value) in headers) Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return await client.SendAsync(request);
    }

    /// <summary>The page that a viewer sees.</summary>
    public async Task<string> PageAsync(string path, params (string Name, string Value)[] headers)
    {
        using var answer = await VisitAsync(path, headers);
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>How often functions answered an event since a point in the journal.</summary>
    public int Events(string eventType, long since) =>
        fixture.Facts<EdgeFunctionReported>(since).Count(fact => fact.EventType == eventType);
}
