using Isobar.Domain;
using Isobar.Report;

namespace Isobar.Functions.Tests.Report;

public sealed class StationListTests
{
    private static readonly StationNames Names = StationNames.Read(
        new MemoryStream("id,name\nXIW00000001,Skerry Light\n"u8.ToArray()));

    private readonly SiteInMemory site = new();

    private StationListWriter Lists => new(site, Names, new Backoff(new Random(1), new ImmediateTime()));

    [Fact]
    public async Task Before_the_first_station_the_list_says_that_there_is_none()
    {
        await Lists.EnsureAsync(default);
        await Lists.EnsureAsync(default);

        Assert.Contains("No station has data yet.", Read(SitePaths.Countries).Value, StringComparison.Ordinal);
        Assert.Equal(1, site.Writes);
    }

    [Fact]
    public async Task A_station_is_listed_by_its_name_under_its_country()
    {
        await AddAsync("XIW00000001", "USW00094728");

        Assert.Equal(
            [("/stations/list/US.html", "US"), ("/stations/list/XI.html", "XI")], Content(SitePaths.Countries));
        Assert.Equal(
            [("/stations/XIW00000001/index.html", "Skerry Light")], Content(SitePaths.List("XI")));
        Assert.Equal(
            [("/stations/USW00094728/index.html", "USW00094728")], Content(SitePaths.List("US")));
    }

    [Fact]
    public async Task A_page_without_room_for_all_links_to_parts_and_a_new_station_changes_the_pages_on_its_way_only()
    {
        string[] stations = [.. Enumerable.Range(0, 1_000).Select(number => $"USC{number:D8}")];
        await AddAsync(stations);
        Assert.Equal(
            Enumerable.Range(0, 10).Select(digit => $"USC00000{digit}\u2026"),
            Content(SitePaths.List("US")).Select(link => link.Text));
        var (writes, calls) = (site.Writes, site.Calls);

        await AddAsync("USC0000099Y");

        // The station's page, and the list that it is on.
        Assert.Equal(2, site.Writes - writes);
        Assert.InRange(site.Calls - calls, 1, 80);
        AssertAllAreFound([.. stations, "USC0000099Y"]);
    }

    [Fact]
    public async Task A_station_that_is_unlike_all_others_leaves_them_where_they_can_be_found()
    {
        string[] stations = [.. Enumerable.Range(0, 300).Select(number => $"ASN{number:D8}")];
        await AddAsync(stations);
        await AddAsync("ASX00000001");
        await AddAsync("ASN10000000");

        AssertAllAreFound([.. stations, "ASX00000001", "ASN10000000"]);
    }

    [Fact]
    public async Task Whatever_stations_come_in_whatever_order_each_can_be_found_and_no_page_is_too_long()
    {
        var seed = Seeds.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        // Few characters make many common beginnings.
        var stations = Enumerable.Range(0, 3_000)
            .Select(_ => $"A{Any(random, 2)}{Any(random, 1)}{new string('0', random.Next(3)).PadRight(3, '_')}"
                + $"{Any(random, 5)}")
            .Select(id => id[..11]).Distinct().ToArray();
        foreach (var batch in stations.Chunk(400)) await AddAsync(batch);

        AssertAllAreFound(stations);
    }

    [Fact]
    public async Task A_list_that_always_changes_fails_after_five_tries()
    {
        await AddAsync("XIW00000001");
        var contended = new Contended(site, SitePaths.List("XI"));

        var failure = await Assert.ThrowsAsync<IOException>(() =>
            new StationListWriter(contended, Names, new Backoff(new Random(1), new ImmediateTime()))
                .AddAsync(["XIW00000001"], default));

        Assert.Equal("Another writer changed stations/list/XI.html on each of 5 tries.", failure.Message);
    }

    private static string Any(Random random, int length) =>
        new([.. Enumerable.Range(0, length).Select(_ => "0Z_-"[random.Next(4)])]);

    private async Task AddAsync(params string[] stations)
    {
        foreach (var station in stations)
            await site.TryWriteAsync(new SiteFile(SitePaths.Station(station), "page"u8.ToArray()), null, default);
        await Lists.AddAsync(stations, default);
    }

    // As a reader does it: from the list of countries, by links alone.
    private void AssertAllAreFound(IReadOnlyCollection<string> stations)
    {
        var found = new List<string>();
        var open = new Stack<string>([SitePaths.Countries]);
        while (open.TryPop(out var path))
        {
            var links = Content(path);
            Assert.InRange(links.Count, 1, StationLists.MaxStations);
            foreach (var (address, _) in links)
            {
                if (address.Contains("/list/", StringComparison.Ordinal)) open.Push(address[1..]);
                else found.Add(address.Split('/')[2]);
            }
        }

        Assert.Equal(stations.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    private IReadOnlyList<(string Address, string Text)> Content(string path) =>
    [
        .. Read(path).All("ul").Single().All("a").Select(link => ((string)link.Attribute("href")!, link.Value)),
    ];

    private System.Xml.Linq.XElement Read(string path) => PageReading.Read(new SiteFile(path, site.Pages[path]));

    /// <summary>One of whose pages somebody else always changes first.</summary>
    private sealed class Contended(SiteInMemory site, string contended) : ISitePages
    {
        public Task<string?> TagAsync(string path, CancellationToken cancellationToken) =>
            site.TagAsync(path, cancellationToken);

        public Task<IReadOnlyDictionary<string, string>> TagsAsync(
            string folder, CancellationToken cancellationToken) => site.TagsAsync(folder, cancellationToken);

        public Task<bool> TryWriteAsync(SiteFile file, string? tag, CancellationToken cancellationToken) =>
            file.Path == contended ? Task.FromResult(false) : site.TryWriteAsync(file, tag, cancellationToken);

        public Task DeleteAsync(string path, CancellationToken cancellationToken) =>
            site.DeleteAsync(path, cancellationToken);

        public Task<IReadOnlyList<string>> FoldersAsync(
            string prefix, string? after, int limit, CancellationToken cancellationToken) =>
            site.FoldersAsync(prefix, after, limit, cancellationToken);
    }
}
