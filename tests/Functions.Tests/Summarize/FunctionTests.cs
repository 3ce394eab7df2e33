using Isobar.Summaries;
using Isobar.Summarize;
using static Isobar.Functions.Tests.Stations.StationsOnPortZero;

namespace Isobar.Functions.Tests.Summarize;

[Collection(nameof(Batches))]
public sealed class FunctionTests : IAsyncLifetime
{
    private SummariesWorld world = null!;

    public async ValueTask InitializeAsync() => world = await SummariesWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_shard_is_summarized()
    {
        var job = await world.FinishAsync(Version("a.csv", 1), "XIW00000001,20140101,TMAX,10,,,W,\n");
        var message = SummaryMessage.Of(SummaryStep.Merge, job.Source, job.Id, job.Shards).Single();

        Assert.Empty(await HandleAsync(TimeSpan.FromMinutes(2), message.ToJson()));

        Assert.Single(await world.MonthsAsync("XIW00000001"));
    }

    [Fact]
    public async Task What_is_no_message_and_what_is_late_return_to_the_queue()
    {
        var job = await world.FinishAsync(Version("a.csv", 1), "XIW00000001,20140101,TMAX,10,,,W,\n");
        var message = SummaryMessage.Of(SummaryStep.Merge, job.Source, job.Id, job.Shards).Single();

        Assert.Equal(["m0"], await HandleAsync(TimeSpan.FromMinutes(2), "no JSON"));
        Assert.Equal(["m0"], await HandleAsync(TimeSpan.FromSeconds(-1), message.ToJson()));
    }

    private async Task<IEnumerable<string>> HandleAsync(TimeSpan remaining, params string[] bodies) => Batches.Failed(
        await new Function(world.Summarizer).Handle(Batches.Of(bodies), new Invocation(remaining)));
}
