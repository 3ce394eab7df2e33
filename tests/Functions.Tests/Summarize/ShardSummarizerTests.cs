using Amazon.DynamoDBv2.Model;
using Isobar.Domain;
using Isobar.Stations;
using Isobar.Summaries;
using static Isobar.Functions.Tests.Stations.StationsOnPortZero;

namespace Isobar.Functions.Tests.Summarize;

[Collection(nameof(Batches))]
public sealed class ShardSummarizerTests : IAsyncLifetime
{
    private const string One = "XIW00000001";
    private const string Two = "XIW00000002";

    private const string Rows = """
        ID,DATE,ELEMENT,DATA_VALUE,M_FLAG,Q_FLAG,S_FLAG,OBS_TIME
        XIW00000001,20131231,TMAX,-15,,,W,
        XIW00000001,20140101,TMAX,10,,,W,
        XIW00000001,20140101,PRCP,9,,,W,
        XIW00000001,20140102,PRCP,10,,,W,
        XIW00000001,20140102,TMAX,11,,,W,
        XIW00000002,20140103,SNOW,-9999,,,W,
        XIW00000002,20140103,SNOW,7,,,W,

        """;

    private SummariesWorld world = null!;

    public async ValueTask InitializeAsync() => world = await SummariesWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData(1_000)]
    [InlineData(100)]
    [InlineData(30)]
    public async Task The_months_of_a_file_are_the_same_however_it_is_divided(int chunkBytes)
    {
        await world.RunAsync(await world.FinishAsync(Version("a.csv", 1), Rows, chunkBytes));

        var months = await world.MonthsAsync(One);
        Assert.Equal(["2013-12", "2014-01"], months.Select(month => month.Summary.Month));
        var january = months[1].Summary;
        // 10 and 11 tenths are 1.05 degrees, and half is rounded to even.
        Assert.Equal((2, 1.0m, 1.1m, 1.9m, 1, 4L), (
            january.DaysWithData, january.MeanTmax, january.HighestTmax, january.TotalPrcp, january.WetDays,
            months[1].Accepted));
        Assert.Equal(7, Assert.Single(await world.MonthsAsync(Two)).Summary.TotalSnow);
    }

    [Fact]
    public async Task Readers_see_a_version_when_its_last_shard_is_in()
    {
        var job = await world.FinishAsync(Version("a.csv", 1), Rows);
        var messages = SummaryMessage.Of(SummaryStep.Merge, job.Source, job.Id, job.Shards);
        Assert.Equal(2, messages.Count);

        await world.Summarizer.RunAsync(messages[1], default);
        Assert.Empty(await world.MonthsAsync(One));
        Assert.Empty(await world.MonthsAsync(Two));
        Assert.Empty((await world.Stations.Reports.ReadyAsync(10, null, default)).Ready);

        await world.Summarizer.RunAsync(messages[0], default);
        Assert.NotEmpty(await world.MonthsAsync(One));
        Assert.NotEmpty(await world.MonthsAsync(Two));
        Assert.Equal(2, (await world.Stations.Reports.ReadyAsync(10, null, default)).Ready.Count);
        Assert.Equal([One, Two], (await world.Stations.List.PageAsync("XI", null, default)).Stations);
    }

    [Fact]
    public async Task What_a_new_version_no_longer_has_disappears_and_its_pages_are_written_again()
    {
        await world.RunAsync(await world.FinishAsync(Version("a.csv", 1), Rows));
        await world.RunAsync(await world.FinishAsync(Version("a.csv", 2), "XIW00000001,20140101,TMAX,10,,,W,\n"));

        Assert.Equal(["2014-01"], (await world.MonthsAsync(One)).Select(month => month.Summary.Month));
        Assert.Empty(await world.MonthsAsync(Two));
        await world.RunSentAsync();

        Assert.Equal([One], (await world.Stations.List.PageAsync("XI", null, default)).Stations);
        Assert.Equal(
            [
                (One, Version("a.csv", 1).Order), (One, Version("a.csv", 2).Order),
                (Two, Version("a.csv", 1).Order), (Two, Version("a.csv", 2).Order),
            ],
            (await world.Stations.Reports.ReadyAsync(10, null, default)).Ready
                .Select(request => (request.Station, request.Order)));
        var old = (await world.Stations.ItemsAsync(One)).Concat(await world.Stations.ItemsAsync(Two))
            .Where(item => item["item"].S.EndsWith(Version("a.csv", 1).Order, StringComparison.Ordinal)).ToList();
        Assert.Equal(3, old.Count);
        var tomorrow = (TableOnPortZero.Now + TimeSpan.FromDays(1)).ToUnixTimeSeconds();
        Assert.All(old, item => Assert.Equal($"{tomorrow}", item["expiresAt"].N));
        Assert.Equal(["2014-01"], (await world.MonthsAsync(One)).Select(month => month.Summary.Month));
    }

    [Fact]
    public async Task A_version_that_was_given_up_halfway_disappears_with_the_next_one_that_is_current()
    {
        await world.RunAsync(await world.FinishAsync(Version("a.csv", 1), "XIW00000001,20140101,TMAX,10,,,W,\n"));
        var given = await world.FinishAsync(Version("a.csv", 2), Rows);
        var messages = SummaryMessage.Of(SummaryStep.Merge, given.Source, given.Id, given.Shards);
        await world.Summarizer.RunAsync(
            messages.Single(message => message.Shard == Shard.Of(StationId.Pack("XIW00000002"u8))), default);

        await world.RunAsync(await world.FinishAsync(Version("a.csv", 3), "XIW00000001,20140101,TMAX,11,,,W,\n"));
        await world.RunSentAsync();

        Assert.Equal([One], (await world.Stations.List.PageAsync("XI", null, default)).Stations);
        Assert.All(await world.Stations.ItemsAsync(Two), item => Assert.True(item.ContainsKey("expiresAt")));
        Assert.Single(world.Objects.Keys, key => key.StartsWith("months/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_version_without_an_accepted_row_takes_all_months_away()
    {
        await world.RunAsync(await world.FinishAsync(Version("a.csv", 1), Rows));
        await world.RunAsync(await world.FinishAsync(Version("a.csv", 2), ""));
        await world.RunSentAsync();

        Assert.Empty(await world.MonthsAsync(One));
        Assert.Empty((await world.Stations.List.PageAsync("XI", null, default)).Stations);
    }

    [Fact]
    public async Task An_older_version_that_comes_later_changes_nothing()
    {
        var older = await world.FinishAsync(Version("a.csv", 1), Rows);
        await world.RunAsync(await world.FinishAsync(Version("a.csv", 2), "XIW00000001,20140101,TMAX,10,,,W,\n"));
        var before = await world.MonthsAsync(One);

        await world.RunAsync(older);
        await world.RunSentAsync();

        Assert.Equivalent(before, await world.MonthsAsync(One));
        Assert.Empty(await world.MonthsAsync(Two));
        Assert.DoesNotContain(ObjectKeys.Months(older.Id, older.Shards[0]), world.Objects.Keys);
    }

    [Fact]
    public async Task Everything_again_changes_nothing()
    {
        var job = await world.FinishAsync(Version("a.csv", 1), Rows);
        await world.RunAsync(job);
        var before = (await world.Stations.ItemsAsync(One)).Select(TextOf).ToList();

        await world.RunAsync(job);

        Assert.Equal(before, (await world.Stations.ItemsAsync(One)).Select(TextOf));
        Assert.Empty(world.Sent);
    }

    private static string TextOf(Dictionary<string, AttributeValue> item) => string.Join(", ", item
        .OrderBy(entry => entry.Key, StringComparer.Ordinal)
        .Select(entry => $"{entry.Key}: {entry.Value.S}{entry.Value.N}{string.Join('|', entry.Value.SS ?? [])}"
            + Convert.ToHexString(entry.Value.B?.ToArray() ?? [])));

    [Fact]
    public async Task The_current_version_does_not_expire()
    {
        var job = await world.FinishAsync(Version("a.csv", 1), Rows);
        await world.RunAsync(job);

        var expiry = SummaryMessage.Of(SummaryStep.Expire, job.Source, job.Id, job.Shards)[0];
        await Assert.ThrowsAsync<InvalidOperationException>(() => world.Summarizer.RunAsync(expiry, default));

        Assert.All(await world.Stations.ItemsAsync(One), item => Assert.False(item.ContainsKey("expiresAt")));
    }

    [Fact]
    public async Task Partials_that_are_gone_fail_the_message()
    {
        var job = await world.FinishAsync(Version("a.csv", 1), Rows);
        foreach (var key in world.Objects.Keys) world.Objects.TryRemove(key, out _);

        await Assert.ThrowsAsync<FileNotFoundException>(() => world.RunAsync(job));

        Assert.Null(await world.Stations.Currents.FindAsync(Version("a.csv", 1).Source, default));
    }
}
