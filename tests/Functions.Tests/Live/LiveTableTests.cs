using Isobar.Live;
using Isobar.Readings;
using static Isobar.Functions.Tests.Live.Records;

namespace Isobar.Functions.Tests.Live;

public sealed class LiveTableTests : IAsyncLifetime
{
    private const string Station = "XIW00000001";

    private TableOnPortZero server = null!;
    private LiveTable table = null!;
    private LiveReader reader = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TableOnPortZero.StartAsync("Live", LiveSchema.Station, LiveSchema.Item);
        table = new LiveTable(
            server.Client, "Live", new Backoff(new Random(1), new ImmediateTime()), TableOnPortZero.Retention);
        reader = new LiveReader(server.Client, "Live");
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Nothing_is_known_of_a_station_without_readings() =>
        Assert.Null(await reader.FindAsync(Station, default));

    [Fact]
    public async Task The_latest_reading_stays_whatever_comes_after_it()
    {
        foreach (var reading in (Reading[])[Reading(1, 5), Reading(2, 9), Reading(3, 7), Reading(2, 9), Reading(1, 9)])
            await table.PutLatestAsync(reading, default);
        var found = await reader.FindAsync(Station, default);
        Assert.Equal([Reading(2, 9)], found!.Latest);
        Assert.Null(found.Window);
    }

    [Fact]
    public async Task Of_two_readings_of_one_instant_the_greater_stays_in_either_order()
    {
        await table.PutLatestAsync(Reading(1), default);
        await table.PutLatestAsync(Reading(2), default);
        await table.PutLatestAsync(Reading(2, element: "AWND"), default);
        await table.PutLatestAsync(Reading(1, element: "AWND"), default);
        Assert.Equal(
            [Reading(2, element: "AWND"), Reading(2)], (await reader.FindAsync(Station, default))!.Latest);
    }

    [Fact]
    public async Task A_window_is_written_once_however_often_its_end_is_repeated()
    {
        await WriteAsync(minute: 0, "17", 2, 5);
        await WriteAsync(minute: 0, "17", 2, 5);
        Assert.Equal((Start, 2L, 0.002m), await WindowAsync());
    }

    [Fact]
    public async Task A_window_in_parts_has_the_mean_of_all_of_them()
    {
        await WriteAsync(minute: 0, "17", 2, 5);
        await WriteAsync(minute: 0, "99", 1, 1_000);
        await WriteAsync(minute: 0, "17", 2, 5);
        Assert.Equal((Start, 3L, 0.335m), await WindowAsync());
    }

    [Fact]
    public async Task A_later_window_replaces_an_earlier_one_and_is_not_replaced_by_it()
    {
        await WriteAsync(minute: 0, "17", 2, 5_000);
        await WriteAsync(minute: 2, "30", 1, 7_000);
        await WriteAsync(minute: 1, "20", 1, 9_000);
        Assert.Equal((Start.AddMinutes(2), 1L, 7m), await WindowAsync());
    }

    [Fact]
    public async Task A_mean_is_rounded_half_to_even()
    {
        await WriteAsync(minute: 0, "17", 2, 5);
        Assert.Equal(0.002m, (await WindowAsync()).Mean);
        await WriteAsync(minute: 1, "17", 2, 7);
        Assert.Equal(0.004m, (await WindowAsync()).Mean);
    }

    [Fact]
    public async Task Items_expire()
    {
        await table.PutLatestAsync(Reading(1), default);
        await WriteAsync(minute: 0, "17", 1, 1);
        var items = (await server.Client.ScanAsync(new Amazon.DynamoDBv2.Model.ScanRequest("Live"))).Items;
        Assert.Equal(2, items.Count);
        Assert.All(items, item => Assert.Equal(TableOnPortZero.Retention.ExpiresAt.N, item["expiresAt"].N));
    }

    private Task WriteAsync(int minute, string part, int count, long sum) => table.PutWindowAsync(
        new StationSums(Station, [new ElementSum("TOBS", count, sum)]), Start.AddMinutes(minute),
        Start.AddMinutes(minute + 1), part, default);

    private async Task<(DateTimeOffset Start, long Count, decimal Mean)> WindowAsync()
    {
        var window = (await reader.FindAsync(Station, default))!.Window!;
        var mean = Assert.Single(window.Means);
        return (window.Start, mean.Count, mean.Mean);
    }
}
