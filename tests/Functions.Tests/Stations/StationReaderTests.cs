using Isobar.Stations;
using static Isobar.Functions.Tests.Stations.StationsOnPortZero;

namespace Isobar.Functions.Tests.Stations;

public sealed class StationReaderTests : IAsyncLifetime
{
    private const string Station = "XIW00000001";

    private StationsOnPortZero table = null!;

    public async ValueTask InitializeAsync() => table = await StationsOnPortZero.StartAsync();

    public ValueTask DisposeAsync() => table.DisposeAsync();

    [Fact]
    public async Task Months_come_in_order_with_the_file_that_they_are_of()
    {
        var version = Version("a.csv", 1);
        await table.ServeAsync(
            version, Month(Station, "2013-12", 2), Month(Station, "2014-01", 3), Month("XIW00000002", "2014-01", 4));

        var months = await ReadAsync();

        Assert.Equal(["2013-12", "2014-01"], months.Select(month => month.Summary.Month));
        Assert.All(months, month => Assert.Equal(
            ("landing/a.csv", "v1", version.Job), (month.SourceKey, month.VersionId, month.Job)));
        Assert.Equal((3, 10.0m, 3L), (months[1].Summary.DaysWithData, months[1].Summary.MeanTmax, months[1].Accepted));
    }

    [Theory]
    [InlineData("2014-02", null, "2014-02 2014-03 2015-01")]
    [InlineData(null, "2014-02", "2013-12 2014-02")]
    [InlineData("2013-12", "2014-02", "2013-12 2014-02")]
    [InlineData("2014-01", "2014-01", "")]
    [InlineData("2014-03", "2015-01", "2014-03 2015-01")]
    public async Task A_range_has_its_first_and_its_last_month(string? from, string? to, string expected)
    {
        await table.ServeAsync(
            Version("a.csv", 1),
            [.. ((string[])["2013-12", "2014-02", "2014-03", "2015-01"]).Select(month => Month(Station, month, 1))]);

        var months = await table.Reader.MonthsAsync(Station, from, to, default);

        Assert.Equal(expected, string.Join(' ', months.Select(month => month.Summary.Month)));
    }

    [Fact]
    public async Task A_version_is_not_seen_before_it_is_current_and_the_one_before_not_after()
    {
        await table.ServeAsync(Version("a.csv", 1), Month(Station, "2014-01", 1), Month(Station, "2014-02", 1));
        await table.WriteAsync(Version("a.csv", 2), Month(Station, "2014-02", 5));
        Assert.Equal(["v1", "v1"], (await ReadAsync()).Select(month => month.VersionId));

        await table.Currents.AdvanceAsync(new(Version("a.csv", 2), [0]), default);

        var month = Assert.Single(await ReadAsync());
        Assert.Equal(("v2", "2014-02", 5L), (month.VersionId, month.Summary.Month, month.Accepted));
    }

    [Fact]
    public async Task A_month_that_two_files_have_comes_from_the_one_with_more_accepted_rows()
    {
        await table.ServeAsync(Version("a.csv", 1), Month(Station, "2014-01", 3), Month(Station, "2014-02", 3));
        await table.ServeAsync(Version("b.csv", 1), Month(Station, "2014-01", 4), Month(Station, "2014-02", 2));

        Assert.Equal(
            ["landing/b.csv", "landing/a.csv"], (await ReadAsync()).Select(month => month.SourceKey));
    }

    /// <summary>In both orders of the sources' ids, which are hashes.</summary>
    [Theory]
    [InlineData("a.csv", "b.csv")]
    [InlineData("b.csv", "c.csv")]
    [InlineData("c.csv", "d.csv")]
    [InlineData("d.csv", "e.csv")]
    public async Task Of_equal_ones_the_first_key_serves_the_month(string first, string second)
    {
        await table.ServeAsync(Version(second, 1), Month(Station, "2014-01", 3));
        await table.ServeAsync(Version(first, 1), Month(Station, "2014-01", 3));

        Assert.Equal($"landing/{first}", Assert.Single(await ReadAsync()).SourceKey);
    }

    [Fact]
    public async Task A_station_of_which_there_is_nothing_has_no_months() => Assert.Empty(await ReadAsync());

    [Fact]
    public async Task A_station_with_more_than_a_thousand_files_is_refused()
    {
        await table.ServeAsync(Version("a.csv", 1), Month(Station, "2014-01", 3));
        for (var number = 1; number < StationReader.MaxSources; number++)
            await table.Writer.AddStationsAsync(Version($"{number}.csv", 1), [Station], default);
        Assert.Single(await ReadAsync());

        await table.Writer.AddStationsAsync(Version("more.csv", 1), [Station], default);

        await Assert.ThrowsAsync<TooManySourcesException>(ReadAsync);
    }

    private Task<IReadOnlyList<ServedMonth>> ReadAsync() => table.Reader.MonthsAsync(Station, null, null, default);
}
