using System.Text.Json.Nodes;
using Isobar.Local.Tests;
using Isobar.Stories.Api;

namespace Isobar.Stories.Website;

/// <summary>
/// The website in Chromium, as people see it. Playwright drives it, which npm fetches; the pictures are in
/// <c>artifacts/browser</c>. Skipped where there is no Chromium.
/// </summary>
[Collection(OneStack.Name)]
public sealed class BrowserStories(StackFixture fixture) : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Website", "browser");
    private static readonly NpmPackages Packages = new(Folder, Bound, "--ignore-scripts");

    private readonly Viewers viewers = new(fixture);

    public void Dispose() => viewers.Dispose();

    [Fact(Explicit = true), Trait(Lanes.Name, Lanes.Long)]
    public async Task A_viewer_keeps_the_variant_over_reloads()
    {
        var seen = await LookAsync("reload");

        Assert.Single(seen["seen"]!.AsArray().Select(variant => (string)variant!).Distinct());
        Assert.Equal(((string)seen["value"]!).ToUpperInvariant(), (string)seen["seen"]![0]!);
        Assert.Equal(((string)seen["other"]!).ToUpperInvariant(), (string)seen["afterwards"]!);
        Assert.True((bool)seen["files"]!);
        AssertNoErrors(seen);
    }

    [Fact(Explicit = true), Trait(Lanes.Name, Lanes.Long)]
    public async Task A_viewer_signs_in_sees_the_private_page_and_signs_out()
    {
        var seen = await LookAsync("private");

        Assert.Equal(401, (int)seen["refused"]!);
        Assert.Equal("The experiment", (string)seen["heading"]!);
        Assert.True((bool)seen["noReadOut"]!);
        Assert.True((bool)seen["httpOnly"]!);
        Assert.DoesNotContain("isobar-token", (string)seen["readable"]!, StringComparison.Ordinal);
        Assert.Equal(401, (int)seen["again"]!);
        // The browser itself reports the 401 and the read-out that is not there yet, and nothing else.
        Assert.All(
            seen["reported"]!.AsArray().Concat(seen["missing"]!.AsArray()),
            error => Assert.StartsWith("Failed to load resource", (string)error!, StringComparison.Ordinal));
        AssertNoErrors(seen);
    }

    [Fact(Explicit = true), Trait(Lanes.Name, Lanes.Long)]
    public async Task A_telephone_gets_the_small_pages_and_they_fit()
    {
        var seen = await LookAsync("small");

        Assert.Contains("for small screens", (string)seen["footer"]!, StringComparison.Ordinal);
        Assert.Equal("small", (string)seen["screen"]!);
        Assert.Equal([true, true], seen["fits"]!.AsArray().Select(fits => (bool)fits!));
        Assert.DoesNotContain("for small screens", (string)seen["desktop"]!, StringComparison.Ordinal);
        AssertNoErrors(seen);
    }

    [Fact(Explicit = true), Trait(Lanes.Name, Lanes.Long)]
    public async Task A_viewer_sees_the_newest_jobs_and_finds_a_file()
    {
        // The route's first call starts its function. On a slow machine that takes longer than the edge waits for the
        // API, which then serves the page without jobs.
        var seen = await LookAsync("jobs", before: async () =>
        {
            using var api = fixture.Api();
            (await api.GetAsync("jobs?limit=1")).Expect(200);
        });

        Assert.InRange((int)seen["rows"]!, 1, 30);
        AssertNoErrors(seen);
    }

    [Fact(Explicit = true), Trait(Lanes.Name, Lanes.Long)]
    public async Task A_viewer_finds_a_station_and_reads_its_page_on_any_screen_and_without_scripts()
    {
        // The schedule fires in between, and writes the station's pages.
        var seen = await LookAsync("stations", before: () => fixture.Host.ClockControl.AdvanceByAsync(
            TimeSpan.FromMinutes(31), CancellationToken.None));

        foreach (var screen in (string[])["wide", "small"])
        {
            Assert.Equal($"chart {screen}", (string)seen[screen]!["charts"]!);
            Assert.Equal([true, true, true], seen[screen]!["fits"]!.AsArray().Select(fits => (bool)fits!));
            Assert.True((bool)seen[screen]!["noReading"]!);
        }

        Assert.Equal("Skerry Light", (string)seen["plain"]!["heading"]!);
        Assert.InRange((int)seen["plain"]!["rows"]!, 12, 120);
        Assert.InRange((int)seen["plain"]!["images"]!, 2, 2);
        Assert.StartsWith("y", (string)seen["plain"]!["year"]!, StringComparison.Ordinal);
        // The API has no readings of the station, which the browser itself reports.
        Assert.All(
            seen["missing"]!.AsArray(),
            error => Assert.StartsWith("Failed to load resource", (string)error!, StringComparison.Ordinal));
        AssertNoErrors(seen);
    }

    // Under the site's content security policy a blocked script or style would be one.
    private static void AssertNoErrors(JsonNode seen) => Assert.Empty(seen["errors"]!.AsArray());

    /// <param name="before">Is done last before the browser looks.</param>
    private async Task<JsonNode> LookAsync(string story, Func<Task>? before = null)
    {
        if (Machine.FindOnPath("chromium", "chromium-browser", "google-chrome") is not { } browser)
        {
            Assert.Skip("There is no Chromium on the PATH (Debian: apt-get install chromium).");
            return null!;
        }

        if (await Packages.WhyNotAsync() is { } reason) Assert.Skip(reason);
        await viewers.PublishAsync();
        await fixture.SettleAsync(await fixture.Landings.PutSampleAsync(
            "csv/by_station/XIW00000001.csv", "XIW00000001.csv"));
        await fixture.Host.ClockControl.AdvanceByAsync(TimeSpan.FromSeconds(61), CancellationToken.None);
        await fixture.QuietAsync();
        if (before is not null)
        {
            await before();
            await fixture.QuietAsync();
        }

        var pictures = Directory.CreateDirectory(Repository.In("artifacts", "browser")).FullName;
        var arguments = new JsonObject
        {
            ["story"] = story, ["site"] = viewers.Address.ToString(), ["executable"] = browser, ["pictures"] = pictures,
            ["token"] = fixture.Tokens.Issue(
                "reader", "isobar", TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(1)),
        };
        var (exitCode, output, error) = await NpmPackages.RunAsync(
            Folder, "node", ["browser.mjs", arguments.ToJsonString()], Bound);
        Assert.True(exitCode == 0, error);
        TestContext.Current.TestOutputHelper!.WriteLine(output);
        return JsonNode.Parse(output)!;
    }
}
