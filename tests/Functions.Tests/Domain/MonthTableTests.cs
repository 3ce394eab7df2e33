using System.Text;
using Isobar.Domain;

namespace Isobar.Functions.Tests.Domain;

public sealed class MonthTableTests
{
    [Theory]
    [InlineData(new[] { 1, 2 }, "0.2")]
    [InlineData(new[] { 3, 4 }, "0.4")]
    [InlineData(new[] { -1, -2 }, "-0.2")]
    [InlineData(new[] { -3, -4 }, "-0.4")]
    [InlineData(new[] { 0, 1 }, "0.0")]
    [InlineData(new[] { 0, -1 }, "0.0")]
    [InlineData(new[] { 1, 1, 2 }, "0.1")]
    [InlineData(new[] { 1, 2, 2 }, "0.2")]
    [InlineData(new[] { -100, 301 }, "10.0")]
    public void A_mean_is_rounded_half_to_even_once(int[] tenths, string mean)
    {
        var table = Table(tenths.Select((value, day) => $"XIW00000001,201401{day + 1:D2},TMAX,{value},,,W"));
        var month = MonthSummary.From(table.InShard(table.Shards[0]).Single());
        Assert.Equal(mean, month.MeanTmax!.Value.ToString("0.0", null));
    }

    [Fact]
    public void A_month_holds_every_figure()
    {
        var table = Table([
            "XIW00000001,20140101,TMAX,105,,,W", "XIW00000001,20140102,TMAX,-20,,,W",
            "XIW00000001,20140102,TMIN,-80,,,W", "XIW00000001,20140102,TMIN,-90,,,W",
            "XIW00000001,20140103,PRCP,9,,,W", "XIW00000001,20140103,PRCP,10,,,W",
            "XIW00000001,20140103,PRCP,25,,,W", "XIW00000001,20140131,SNOW,30,,,W",
            "XIW00000001,20140131,SNWD,45,,,W", "XIW00000001,20140131,SNWD,40,,,W",
            "XIW00000001,20140131,WT01,1,,,W",
        ]);
        var month = MonthSummary.From(table.InShard(table.Shards[0]).Single());
        Assert.Equal(
            new MonthSummary("XIW00000001", "2014-01", 4, 4.2m, 10.5m, -8.5m, -9.0m, 4.4m, 1, 30, 45, month.Elements),
            month);
        Assert.Equal("PRCP 3, SNOW 1, SNWD 2, TMAX 2, TMIN 2, WT01 1",
            string.Join(", ", month.Elements.Select(element => $"{element.Key} {element.Value}")));
    }

    [Fact]
    public void A_month_without_an_element_has_no_figure_for_it()
    {
        var table = Table(["XIW00000001,20140101,WT01,1,,,W"]);
        var month = MonthSummary.From(table.InShard(table.Shards[0]).Single());
        Assert.Equal(
            new MonthSummary("XIW00000001", "2014-01", 1, null, null, null, null, null, 0, null, null, month.Elements),
            month);
    }

    [Fact]
    public void A_repeated_observation_counts_again_but_its_day_once()
    {
        var table = Table(Enumerable.Repeat("XIW00000001,20140105,PRCP,12,,,W", 3));
        var month = MonthSummary.From(table.InShard(table.Shards[0]).Single());
        Assert.Equal((1, 1, 3.6m, 3L), (month.DaysWithData, month.WetDays, month.TotalPrcp, month.Elements["PRCP"]));
    }

    [Fact]
    public async Task A_partials_file_is_this()
    {
        var table = Table(["XIW00000001,20140102,TMAX,-20,,,W", "XIW00000001,20131231,PRCP,10,,,W"]);
        const string december =
            """{"station":"XIW00000001","month":"2013-12","days":1073741824,"tmaxSum":0,"tminSum":0,"prcpSum":10""" +
            ""","wetDays":1073741824,"snowSum":0,"elements":{"PRCP":1}}""";
        const string january =
            """{"station":"XIW00000001","month":"2014-01","days":2,"tmaxSum":-20,"tminSum":0,"prcpSum":0""" +
            ""","wetDays":0,"snowSum":0,"elements":{"TMAX":1},"tmaxHighest":-20}""";
        Assert.Equal(december + "\n" + january + "\n", Encoding.UTF8.GetString(await Reading.PartialsAsync(table)));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"station":"XIW00000001",@}""")]
    [InlineData("""{"station":"XIW00000001",@,"elements":null}""")]
    [InlineData("""{@,"elements":{}}""")]
    public async Task What_is_no_partials_file_is_an_error(string text)
    {
        const string figures =
            """ "month":"2014-01","days":1,"tmaxSum":0,"tminSum":0,"prcpSum":0,"wetDays":0,"snowSum":0 """;
        var file = new MemoryStream(Encoding.UTF8.GetBytes(text.Replace("@", figures, StringComparison.Ordinal)));
        await Assert.ThrowsAnyAsync<System.Text.Json.JsonException>(
            () => PartialsFile.MergeAsync(file, new MonthTable(), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("short", "2014-01", "TMAX")]
    [InlineData("XIW00000001", "2014-13", "TMAX")]
    [InlineData("XIW00000001", "2014-01", "tmax")]
    public void What_is_no_month_is_not_merged(string station, string month, string element) =>
        Assert.Throws<FormatException>(() => new MonthTable().Add(
            new MonthPartial(station, month, 1, 0, 0, 0, 0, 0, new() { [element] = 1 })));

    [Fact]
    public void The_50001st_station_is_refused_and_the_50000th_is_not()
    {
        var table = Table(Enumerable.Range(0, MonthTable.MaxStations).Select(n => $"XIW{n:D8},20140101,TMAX,1,,,W"));
        Assert.Equal(MonthTable.MaxStations, table.Count);
        Assert.Equal(16, table.Shards.Count);
        Add(table, "XIW00000000,20140201,TMAX,1,,,W");
        var refusal = Assert.Throws<InputRefusedException>(() => Add(table, "XIX00000000,20140101,TMAX,1,,,W"));
        Assert.Equal("stations:count", refusal.Reason);
    }

    [Fact]
    public void Months_over_the_limit_are_refused()
    {
        var table = new MonthTable();
        var observation = Observe("XIW00000000,17000101,TMAX,1,,,W");
        foreach (var station in Enumerable.Range(0, MonthTable.MaxMonths / 6000 + 1))
        {
            observation.Station = StationId.Pack(Encoding.ASCII.GetBytes($"XIW{station:D8}"));
            for (var month = 0; month < 6000 && table.Count < MonthTable.MaxMonths; month++)
            {
                (observation.Year, observation.Month) = (1700 + month / 12, 1 + month % 12);
                table.Add(observation);
            }
        }

        observation.Station = StationId.Pack("XIX00000000"u8);
        Assert.Equal("months:count", Assert.Throws<InputRefusedException>(() => table.Add(observation)).Reason);
    }

    [Fact]
    public void Elements_over_the_limit_are_refused()
    {
        var first = -1;
        var counts = new ElementCounts();
        for (var number = 0; number < MonthTable.MaxElementCounts; number++)
        {
            first = -1;
            counts.Add(ref first, ElementCode.Tmax, 1);
        }

        counts.Add(ref first, ElementCode.Tmax, 1);
        Assert.Equal("elements:count", Assert.Throws<InputRefusedException>(
            () => counts.Add(ref first, ElementCode.Tmin, 1)).Reason);
    }

    [Theory]
    [InlineData("USW00094728")]
    [InlineData("XIW00000001")]
    [InlineData("________---")]
    public void A_shard_is_FNV_1a_folded(string station)
    {
        var hash = 2166136261UL;
        foreach (var character in station) hash = (hash ^ character) * 16777619 % (1UL << 32);
        Assert.Equal((int)((hash ^ (hash / 65536)) % 16), Shard.Of(StationId.Pack(Encoding.ASCII.GetBytes(station))));
    }

    private static MonthTable Table(IEnumerable<string> rows)
    {
        var table = new MonthTable();
        foreach (var row in rows) Add(table, row);
        return table;
    }

    private static void Add(MonthTable table, string row) => table.Add(Observe(row));

    private static Observation Observe(string row)
    {
        Assert.Equal(RowOutcome.Accepted, RowParser.Parse(Encoding.ASCII.GetBytes(row), out var observation, out _));
        return observation;
    }
}
