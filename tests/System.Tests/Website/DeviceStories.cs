using System.Collections.Concurrent;
using Isobar.Local;
using Isobar.Local.Edge.Requests;

namespace Isobar.Stories.Website;

/// <summary>One address, and a page for each size of screen.</summary>
[Collection(OneStack.Name)]
[Concept("Lambda@Edge: pages by device, and a cache that varies on its class", "DeviceFunction", "HomeCachePolicy")]
public sealed class DeviceStories(StackFixture fixture) : IDisposable
{
    private const string Small = "of this page, for small screens.";

    private readonly Viewers viewers = new(fixture);

    public void Dispose() => viewers.Dispose();

    [Fact]
    [Claim("E4")]
    public async Task A_phone_gets_the_page_for_small_screens_and_other_devices_do_not()
    {
        await viewers.PublishAsync();
        var begun = fixture.Host.Journal.LastSequence;

        foreach (var variant in (string[])["a", "b"])
        {
            var shown = $"variant {variant.ToUpperInvariant()} of this page";
            var phone = await HomeAsync(Viewers.Phone, variant);
            Assert.Contains(shown, phone, StringComparison.Ordinal);
            Assert.Contains(Small, phone, StringComparison.Ordinal);
            foreach (var agent in (string[])[Viewers.Tablet, Viewers.Desktop, "curl/8.0"])
            {
                var page = await HomeAsync(agent, variant);
                Assert.Contains(shown, page, StringComparison.Ordinal);
                Assert.DoesNotContain(Small, page, StringComparison.Ordinal);
            }
        }

        // Two variants for a phone, a tablet and a desktop: the whole User-Agent is no part of the key.
        Assert.Equal(6, viewers.Events("origin-request", begun));
        Assert.Equal(8, viewers.Events("viewer-request", begun));
    }

    [Fact]
    public async Task Of_10_000_mixed_requests_no_viewer_gets_a_page_for_another_screen()
    {
        await viewers.PublishAsync();
        var seed = Seeds.Next();
        var random = new Random(seed);
        var begun = fixture.Host.Journal.LastSequence;
        var wanted = Enumerable.Range(0, 10_000).Select(number => (
            Path: random.Next(3) switch { 0 => "/", 1 => "/index.html", _ => "/jobs.html" },
            Variant: random.Next(2) == 0 ? "a" : "b",
            Agent: random.Next(3) switch { 0 => Viewers.Phone, 1 => Viewers.Tablet, _ => Viewers.Desktop }
                + $" v{number}")).ToArray();
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(
            wanted, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (visit, _) =>
            {
                var page = await viewers.PageAsync(
                    visit.Path, ("User-Agent", visit.Agent), ("Cookie", $"isobar-variant={visit.Variant}"),
                    // What a viewer writes itself counts for nothing.
                    ("X-Isobar-Screen", "small"), ("CloudFront-Is-Mobile-Viewer", "true"));
                var isSmall = page.Contains(Small, StringComparison.Ordinal)
                    || page.Contains("data-screen=\"small\"", StringComparison.Ordinal);
                var isRight = visit.Path == "/jobs.html"
                    || page.Contains($"variant {visit.Variant.ToUpperInvariant()} of", StringComparison.Ordinal);
                if (isSmall != visit.Agent.StartsWith(Viewers.Phone, StringComparison.Ordinal) || !isRight)
                    wrong.Add($"{visit.Path} {visit.Variant} {visit.Agent}");
            });

        Assert.True(wrong.IsEmpty, $"seed {seed}: {string.Join('\n', wrong.Take(10))}");
        var hits = fixture.Facts<EdgeRequestAnswered>(begun).Count(fact => fact.Result == "Hit");
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"seed {seed}: {hits} of 10,000 from the cache, {viewers.Events("origin-request", begun)} origin requests");
        Assert.InRange(viewers.Events("origin-request", begun), 6, 500);
    }

    [Fact]
    [Claim("E2")]
    public async Task The_same_function_in_Python_gives_the_same_pages()
    {
        await viewers.PublishAsync();
        using var folder = new EdgePackages(template => template.Replace(
            "    Default: nodejs", "    Default: python", StringComparison.Ordinal));
        var options = fixture.Host.Options with
        {
            EdgeTemplateFile = folder.Template, Port = 0, EdgePort = 0,
            DataDirectory = Directory.CreateTempSubdirectory("isobar-stories-").FullName,
        };
        await using var host = await LocalHost.StartAsync(options, CancellationToken.None);
        if (host.EdgeAbsence is { } absence) Assert.Skip($"There is no website here, because {absence}.");
        using var stack = await DeployedStack.FindAsync(host.Address, host.Options.Region, host.Options.StackName);
        await Local.Tour.SiteFiles.PublishAsync(
            stack.S3, stack.SiteBucket, Repository.Root, CancellationToken.None);
        using var client = new HttpClient { BaseAddress = host.EdgeAddress };

        foreach (var agent in (string[])[Viewers.Phone, Viewers.Tablet, Viewers.Desktop])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/");
            request.Headers.TryAddWithoutValidation("User-Agent", agent);
            request.Headers.TryAddWithoutValidation("Cookie", "isobar-variant=a");
            using var answer = await client.SendAsync(request);
            Assert.Equal(await HomeAsync(agent, "a"), await answer.Content.ReadAsStringAsync());
        }

        var started = host.Journal.After(0).Select(entry => entry.Fact)
            .OfType<Local.Edge.Handlers.EdgeProcessStarted>().Select(fact => fact.FunctionName);
        Assert.Contains(started, name => name.Contains("DevicePython", StringComparison.Ordinal));
    }

    private Task<string> HomeAsync(string agent, string variant) =>
        viewers.PageAsync("/", ("User-Agent", agent), ("Cookie", $"isobar-variant={variant}"));
}
