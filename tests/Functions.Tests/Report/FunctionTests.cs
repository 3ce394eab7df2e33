using System.Xml.Linq;
using Amazon.S3.Model;
using Isobar.Domain;
using Isobar.Functions.Tests.Jobs;
using Isobar.Jobs;
using Isobar.Report;
using Isobar.Stations;

namespace Isobar.Functions.Tests.Report;

/// <summary>The function on the host's DynamoDB and S3, by the AWS SDK.</summary>
public sealed class FunctionTests : IAsyncLifetime
{
    private const string Station = "XIW00000001";

    private static readonly Backoff Backoff = new(new Random(1), new ImmediateTime());

    private TableOnPortZero table = null!;
    private JobsTableOnPortZero jobs = null!;
    private BucketsOnPortZero buckets = null!;

    public async ValueTask InitializeAsync()
    {
        table = await TableOnPortZero.StartAsync("Stations", "station", "item");
        jobs = await JobsTableOnPortZero.StartAsync();
        buckets = await BucketsOnPortZero.StartAsync("site");
    }

    public async ValueTask DisposeAsync()
    {
        await table.DisposeAsync();
        await jobs.DisposeAsync();
        await buckets.DisposeAsync();
    }

    private ReportRequests Requests => new(table.Client, "Stations", Backoff, TableOnPortZero.Retention);

    private CurrentVersions Currents => new(table.Client, "Stations", Backoff);

    [Fact]
    public async Task A_version_that_is_current_becomes_a_page_in_the_bucket_and_its_request_is_gone()
    {
        await SummarizeAsync(Version("0A"), 300);
        await HandleAsync();
        Assert.DoesNotContain("site/stations/XIW00000001/index.html", (await VersionsAsync()).Keys);

        await Currents.AdvanceAsync(new(Version("0A"), [0]), default);
        await HandleAsync();

        using var answer = await buckets.Client.GetObjectAsync("site", "site/stations/XIW00000001/index.html");
        Assert.Equal(
            ("text/html; charset=utf-8", "max-age=60"), (answer.Headers.ContentType, answer.Headers.CacheControl));
        var html = await ReadAsync("stations/XIW00000001/index.html");
        Assert.Contains("Skerry Light", html.All("h1").Single().Value, StringComparison.Ordinal);
        Assert.Contains("30 \u00B0C January 2024", html.Value, StringComparison.Ordinal);
        Assert.Empty((await Requests.ReadyAsync(10, null, default)).Ready);
    }

    [Fact]
    public async Task What_is_written_again_is_the_same_and_makes_no_new_version_of_an_object()
    {
        await SummarizeAsync(Version("0A"), 300);
        await Currents.AdvanceAsync(new(Version("0A"), [0]), default);
        await HandleAsync();
        var before = await VersionsAsync();
        await Requests.AddAsync([Station], Version("0A"), default);
        await HandleAsync();

        Assert.Equal(before, await VersionsAsync());
        Assert.Equal(4, before.Count);
    }

    [Fact]
    public async Task A_newer_version_changes_the_page_and_leaves_the_lists()
    {
        await SummarizeAsync(Version("0A"), 300);
        await Currents.AdvanceAsync(new(Version("0A"), [0]), default);
        await HandleAsync();
        var before = await VersionsAsync();
        await SummarizeAsync(Version("0B"), 310);
        await Currents.AdvanceAsync(new(Version("0B"), [0]), default);
        await HandleAsync();

        Assert.Equal(
            ["site/stations/XIW00000001/index.html"],
            (await VersionsAsync()).Where(entry => before[entry.Key] != entry.Value).Select(entry => entry.Key));
    }

    [Fact]
    public async Task Many_stations_have_lists_of_parts()
    {
        var version = Version("0A");
        string[] ids = [.. Enumerable.Range(0, 260).Select(number => $"XIC{number:D8}")];
        await SummarizeAsync(version, 300, ids);
        await Currents.AdvanceAsync(new(version, [0]), default);
        await HandleAsync(pages: 300);

        var lists = (await VersionsAsync("site/stations/list/")).Keys;
        Assert.Equal(
            ["site/stations/list/XI.html", "site/stations/list/XIC000000.html", "site/stations/list/XIC000001.html",
                "site/stations/list/XIC000002.html"],
            lists.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_lists_link_to_the_countries_and_to_their_stations_and_to_nothing_else()
    {
        await SummarizeAsync(Version("0A"), 300, Station, "USW00094728");
        await Currents.AdvanceAsync(new(Version("0A"), [0]), default);
        await HandleAsync();
        // The lists are a folder beside the stations' by now.
        await SummarizeAsync(Version("0B"), 300, Station, "USW00094728", "CA00000000A");
        await Currents.AdvanceAsync(new(Version("0B"), [0]), default);
        await HandleAsync();

        Assert.Equal(
            ["/stations/list/CA.html", "/stations/list/US.html", "/stations/list/XI.html"],
            await ListedAsync("stations/index.html"));
        Assert.Equal(["/stations/XIW00000001/index.html"], await ListedAsync("stations/list/XI.html"));
        Assert.Equal(["/stations/USW00094728/index.html"], await ListedAsync("stations/list/US.html"));
        Assert.Equal(["/stations/CA00000000A/index.html"], await ListedAsync("stations/list/CA.html"));
        Assert.Equal(
            ["site/stations/list/CA.html", "site/stations/list/US.html", "site/stations/list/XI.html"],
            (await VersionsAsync("site/stations/list/")).Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(1_001)]
    public async Task An_event_without_a_sensible_number_of_pages_is_refused(int? pages)
    {
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => HandleAsync(pages));

        Assert.StartsWith("The event must have pages, 1 to 1000, and not ", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await VersionsAsync());
    }

    [Fact]
    public async Task An_invocation_past_its_deadline_fails_and_writes_nothing()
    {
        await SummarizeAsync(Version("0A"), 300);
        await Currents.AdvanceAsync(new(Version("0A"), [0]), default);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => HandleAsync(invocation: new Invocation(TimeSpan.FromSeconds(1))));
        Assert.Empty(await VersionsAsync());
    }

    private static SourceVersion Version(string sequencer) => new(
        new ObjectVersion("landing", "csv/by_station/XIW00000001.csv", $"v{sequencer}", sequencer), $"job-{sequencer}");

    // As Summarize does it, up to the moment at which the version becomes current.
    private async Task SummarizeAsync(SourceVersion version, int highest, params string[] ids)
    {
        if (ids.Length == 0) ids = [Station];
        var years = ids.Select(id => new StationYear(
            id, 2024,
            [
                new MonthPartial(
                    id, "2024-01", 1, highest, 0, 0, 0, 0, new() { ["TMAX"] = 1 },
                    highest),
            ]));
        var stations = new StationWriter(table.Client, "Stations", Backoff, new FixedTime(TableOnPortZero.Now));
        await stations.PutYearsAsync(version, years, default);
        await stations.AddStationsAsync(version, ids, default);
        await Requests.AddAsync(ids, version, default);
    }

    private Task HandleAsync(int? pages = 200, Invocation? invocation = null)
    {
        var data = new StationData(Requests, new StationReader(table.Client, "Stations", Backoff));
        var site = new SitePages(buckets.Client, "site");
        var names = StationNames.Read(new MemoryStream("id,name\nXIW00000001,Skerry Light\n"u8.ToArray()));
        var counts = new JobRecords(new JobReader(jobs.Client, JobsTableOnPortZero.Name, Backoff));
        return new Function(new Reporter(
                data, new StationReporter(data, counts, site, names, Backoff),
                new StationListWriter(site, names, Backoff)))
            .Handle(new PageBudget(pages), invocation ?? new Invocation());
    }

    private async Task<IEnumerable<string>> ListedAsync(string path) =>
        (await ReadAsync(path)).All("ul").Single().Links();

    private async Task<XElement> ReadAsync(string path)
    {
        using var answer = await buckets.Client.GetObjectAsync("site", $"site/{path}");
        using var content = new MemoryStream();
        await answer.ResponseStream.CopyToAsync(content);
        return PageReading.Read(new SiteFile(path, content.ToArray()));
    }

    private async Task<Dictionary<string, string>> VersionsAsync(string prefix = "")
    {
        var listed = await buckets.Client.ListVersionsAsync(
            new ListVersionsRequest { BucketName = "site", Prefix = prefix });
        return (listed.Versions ?? []).GroupBy(entry => entry.Key)
            .ToDictionary(group => group.Key, group => $"{group.Count()} {group.First().VersionId}");
    }
}
