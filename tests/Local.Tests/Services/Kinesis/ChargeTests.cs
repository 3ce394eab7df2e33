using Isobar.Local.Costs;

namespace Isobar.Local.Tests.Services.Kinesis;

/// <summary>What AWS would charge for a stream.</summary>
public sealed class ChargeTests
{
    [Fact]
    public async Task Shards_are_charged_by_the_hour_and_records_by_25_KB()
    {
        await using var kinesis = await KinesisOnPortZero.StartAsync();
        var accountant = Accountant.Start(kinesis.World.Journal);
        await kinesis.CreateAsync("readings", shards: 3);
        await kinesis.PutAsync("readings", "k", "small");
        await kinesis.PutAsync("readings", "k", new string('x', 25 * 1024));
        await kinesis.PutAsync("readings", "k", new string('x', 25 * 1024 + 1));
        await kinesis.PassAsync(TimeSpan.FromHours(2));

        var used = accountant.Read();
        Assert.Equal(4m, used.Of(Meter.StreamPayloadUnits));
        Assert.Equal(6m, used.Of(Meter.ShardHours), 6);
        Assert.Equal(0m, used.Of(Meter.StreamHours));

        await kinesis.OkAsync("DeleteStream", """{"StreamName":"readings"}""");
        await kinesis.PassAsync(TimeSpan.FromHours(2));
        Assert.Equal(6m, accountant.Read().Of(Meter.ShardHours), 6);
    }

    [Fact]
    public async Task An_on_demand_stream_is_charged_by_the_hour_and_by_what_goes_in_and_out()
    {
        await using var kinesis = await KinesisOnPortZero.StartAsync();
        var accountant = Accountant.Start(kinesis.World.Journal);
        await kinesis.OkAsync("CreateStream", """{"StreamName":"readings"}""");
        await kinesis.PutAsync("readings", "a", new string('x', 1023));
        await kinesis.GetAsync(await kinesis.IteratorAsync("readings"));
        await kinesis.PassAsync(TimeSpan.FromHours(1));

        var used = accountant.Read();
        Assert.Equal((0m, 0m), (used.Of(Meter.StreamPayloadUnits), used.Of(Meter.ShardHours)));
        Assert.Equal(1m, used.Of(Meter.StreamHours), 6);
        Assert.Equal(1_024 / Charge.GigabyteBytes, used.Of(Meter.StreamGigabytesIn));
        Assert.Equal(1_023 / Charge.GigabyteBytes, used.Of(Meter.StreamGigabytesOut));
    }
}
