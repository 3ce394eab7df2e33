using System.Text;
using Isobar.Domain;
using Isobar.Report;
using Isobar.Stations;

namespace Isobar.Functions.Tests.Report;

public sealed class ReporterTests
{
    private const string One = "XIW00000001";
    private const string Other = "XIW00000002";

    private readonly StationsInMemory stations = new();
    private readonly SiteInMemory site = new();

    [Fact]
    public async Task A_station_whose_version_is_current_gets_its_pages_once()
    {
        Change(One, 1);

        Assert.Equal(1, await WriteAsync());
        Assert.Equal(
            [
                "stations/XIW00000001/index.html", "stations/XIW00000001/listed", "stations/index.html",
                "stations/list/XI.html",
            ],
            site.Pages.Keys);
        var writes = site.Writes;
        Assert.Equal(0, await WriteAsync());
        Assert.Equal(writes, site.Writes);
    }

    [Fact]
    public async Task A_version_that_is_not_current_yet_waits_and_keeps_nobody_else_waiting()
    {
        for (var number = 0; number < 600; number++) stations.Ask($"AA{number:D9}", 1);
        Change(One, 1);

        Assert.Equal(1, await WriteAsync());
        Assert.Equal(600, stations.Requests.Count());
        Assert.DoesNotContain("stations/list/AA.html", site.Pages.Keys);
    }

    [Fact]
    public async Task A_newer_version_that_never_becomes_current_leaves_the_page_of_the_current_one_to_be_written()
    {
        Change(One, 1);
        stations.Ask(One, 2);

        Assert.Equal(1, await WriteAsync());
        Assert.Contains(SitePaths.Station(One), site.Pages.Keys);
        Assert.Equal("0002", Assert.Single(stations.Requests).Order);
        Assert.Equal(0, await WriteAsync());
    }

    [Fact]
    public async Task A_station_with_requests_of_several_versions_is_written_once()
    {
        var reads = 0;
        stations.OnRead = _ => reads++;
        // Its requests are on three pages.
        for (var version = 1; version <= 600; version++) stations.Ask(One, version);
        Change(One, 601);
        Change(Other, 1);

        Assert.Equal(2, await WriteAsync());
        Assert.Equal(2, reads);
        Assert.Empty(stations.Requests);
    }

    [Fact]
    public async Task Requests_that_never_become_ready_keep_no_station_waiting_however_many_there_are()
    {
        for (var number = 0; number < 50_500; number++) stations.Ask($"AA{number:D9}", 1);
        Change(One, 1);

        Assert.Equal(1, await WriteAsync());
    }

    [Fact]
    public async Task What_is_ready_is_written_before_the_deadline_ends_the_search_for_more()
    {
        Change(One, 1);
        for (var number = 0; number < 1_000; number++) stations.Ask($"XJ{number:D9}", 1);
        using var deadline = new CancellationTokenSource();
        var looks = 0;
        stations.OnLook = () =>
        {
            if (++looks == 3) deadline.Cancel();
        };

        Assert.Equal(1, await WriteAsync(200, deadline.Token));
        Assert.DoesNotContain(stations.Requests, request => request.Station == One);
    }

    [Fact]
    public async Task One_invocation_writes_as_many_stations_as_it_is_told_and_the_next_one_goes_on()
    {
        for (var number = 0; number < 130; number++) Change($"XI{number:D9}", 1);

        Assert.Equal(100, await WriteAsync(100));
        Assert.Equal(30, stations.Requests.Count());
        Assert.Equal(30, await WriteAsync(100));
        Assert.Empty(stations.Requests);
    }

    [Fact]
    public async Task A_request_that_changes_while_the_page_is_written_stays_and_the_page_is_written_again()
    {
        Change(One, 1, maximum: 10);
        stations.OnRead = station =>
        {
            stations.OnRead = _ => { };
            Change(station, 2, maximum: 30);
        };

        await WriteAsync();
        Assert.Contains("18 \u00B0C", Text(One), StringComparison.Ordinal);
        Assert.Equal("0002", Assert.Single(stations.Requests).Order);
        await WriteAsync();
        Assert.Contains("38 \u00B0C", Text(One), StringComparison.Ordinal);
        Assert.Empty(stations.Requests);
    }

    [Fact]
    public async Task Two_sources_of_a_station_are_one_page()
    {
        Change(One, 1);
        stations.Ask(One, 7, "other");
        stations.Show(One, stations.MonthsOf(One), "other");

        Assert.Equal(1, await WriteAsync());
        Assert.Empty(stations.Requests);
    }

    [Fact]
    public async Task A_decade_that_no_version_has_any_more_loses_its_page()
    {
        Change(One, 1, months: ["1994-01", "2024-01"]);
        await WriteAsync();
        Assert.Contains("stations/XIW00000001/1990s.html", site.Pages.Keys);

        Change(One, 2);
        await WriteAsync();
        Assert.DoesNotContain("stations/XIW00000001/1990s.html", site.Pages.Keys);
        Assert.Contains("stations/XIW00000001/listed", site.Pages.Keys);
    }

    [Fact]
    public async Task A_decade_that_comes_back_while_an_older_invocation_deletes_its_page_keeps_it()
    {
        Change(One, 1, months: ["1994-01", "2024-01"]);
        await WriteAsync();
        var page = site.Pages["stations/XIW00000001/1990s.html"];
        Change(One, 2);
        site.OnDelete = () =>
        {
            site.OnDelete = () => { };
            Change(One, 3, months: ["1994-01", "2024-01"]);
            Assert.Equal(1, WriteAsync().GetAwaiter().GetResult());
        };

        await WriteAsync();
        Assert.Equal(page, site.Pages["stations/XIW00000001/1990s.html"]);
        Assert.Contains("/stations/XIW00000001/1990s.html", Encoding.UTF8.GetString(
            site.Pages[SitePaths.Station(One)]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_station_that_lost_all_months_says_so_and_one_that_never_showed_any_gets_no_page()
    {
        Change(One, 1);
        await WriteAsync();
        Change(One, 2, months: []);
        Change(Other, 1, months: []);

        Assert.Equal(2, await WriteAsync());
        Assert.Contains("No file has data of this station now.", Text(One), StringComparison.Ordinal);
        Assert.DoesNotContain("stations/XIW00000002/index.html", site.Pages.Keys);
        Assert.Empty(stations.Requests);
    }

    [Fact]
    public async Task A_station_that_fails_keeps_its_request_and_fails_the_invocation_after_all_others_are_written()
    {
        Change(One, 1);
        Change(Other, 1);
        stations.OnRead = station =>
        {
            if (station == One) throw new TooManySourcesException(station, 1);
        };

        var failure = await Assert.ThrowsAsync<AggregateException>(() => WriteAsync());
        Assert.Contains("The pages of XIW00000001 could not be written.", failure.Message, StringComparison.Ordinal);
        Assert.Equal([One], stations.Requests.Select(request => request.Station));
        Assert.Contains("stations/XIW00000002/index.html", site.Pages.Keys);
    }

    [Fact]
    public async Task Past_the_deadline_what_a_group_has_written_stays_and_the_rest_keeps_its_requests()
    {
        for (var number = 0; number < 100; number++) Change($"XI{number:D9}", 1);
        using var deadline = new CancellationTokenSource();
        stations.OnRead = station =>
        {
            if (station == "XI000000055") deadline.Cancel();
        };

        Assert.Equal(40, await WriteAsync(100, deadline.Token));
        Assert.Equal(60, stations.Requests.Count());
    }

    [Fact]
    public async Task Without_time_for_one_group_the_invocation_fails()
    {
        Change(One, 1);
        using var deadline = new CancellationTokenSource();
        stations.OnRead = _ => deadline.Cancel();
        Change(Other, 1);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => WriteAsync(100, deadline.Token));
        Assert.Equal(2, stations.Requests.Count());
    }

    [Fact]
    public async Task Pages_that_another_writer_always_changes_first_fail_after_three_tries()
    {
        Change(One, 1);
        await WriteAsync();
        Change(One, 2, maximum: 20);
        stations.OnRead = station => site.Change(SitePaths.Station(station));

        var failure = await Assert.ThrowsAsync<AggregateException>(() => WriteAsync());
        Assert.Equal(
            "Another writer changed pages of XIW00000001 on each of 3 tries.",
            failure.InnerExceptions.Single().InnerException!.Message);
        Assert.Single(stations.Requests);
    }

    private void Change(string station, int version, decimal maximum = 12.5m, string[]? months = null)
    {
        stations.Ask(station, version);
        stations.Show(
            station,
            [
                .. (months ?? ["2024-01"]).Select(month => Months.Served(
                    Months.Of(month, maximum) with { Station = station }, version: $"v{version}")),
            ]);
    }

    private string Text(string station) =>
        PageReading.Read(new SiteFile("", site.Pages[SitePaths.Station(station)])).Value;

    private Task<int> WriteAsync(int most = 200, CancellationToken cancellationToken = default)
    {
        var names = StationNames.Read(new MemoryStream(Encoding.UTF8.GetBytes("id,name\n")));
        var backoff = new Backoff(new Random(1), new ImmediateTime());
        return new Reporter(
            stations, new StationReporter(stations, stations, site, names, backoff),
            new StationListWriter(site, names, backoff)).WriteAsync(most, cancellationToken);
    }
}
