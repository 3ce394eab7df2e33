using Isobar.DeadLetters;
using Isobar.Domain;
using Isobar.Functions.Tests.Jobs;
using Isobar.Jobs;

namespace Isobar.Functions.Tests.DeadLetters;

[Collection(nameof(Batches))]
public sealed class FunctionTests : IAsyncLifetime
{
    private static readonly Job Job = Examples.Job(chunks: 3);
    private static readonly ChunkMessage Chunk = Examples.Chunk(Job, 1);

    private JobsTableOnPortZero table = null!;

    public async ValueTask InitializeAsync()
    {
        table = await JobsTableOnPortZero.StartAsync();
        await table.Jobs().OpenAsync(Job, refusal: null, default);
    }

    public ValueTask DisposeAsync() => table.DisposeAsync();

    [Fact]
    public async Task A_dead_chunk_is_counted_as_failed_once_however_often_its_message_arrives()
    {
        Assert.Empty(await HandleAsync(Chunk.ToJson(), Chunk.ToJson()));
        Assert.Empty(await HandleAsync(Chunk.ToJson()));
        Assert.Equal(1, (await table.ReadAsync(Job.Id)).Failed);
    }

    [Fact]
    public async Task A_dead_message_of_a_chunk_that_is_done_changes_nothing()
    {
        await table.Jobs().CommitAsync(Chunk, Examples.Counts, Examples.Shards, default);
        Assert.Empty(await HandleAsync(Chunk.ToJson()));
        var record = await table.ReadAsync(Job.Id);
        Assert.Equal((1, 0), (record.Done, record.Failed));
    }

    [Fact]
    public async Task When_every_chunk_is_done_or_failed_the_job_is_incomplete()
    {
        await table.Jobs().CommitAsync(Examples.Chunk(Job, 0), Examples.Counts, Examples.Shards, default);
        await HandleAsync(Examples.Chunk(Job, 1).ToJson(), Examples.Chunk(Job, 2).ToJson());
        var record = await table.ReadAsync(Job.Id);
        Assert.Equal(
            JobState.Incomplete, JobStates.Of((int)record.Total, (int)record.Done, (int)record.Failed, record.Refusal));
    }

    [Fact]
    public async Task A_message_that_cannot_be_recorded_is_reported_and_the_others_are_recorded()
    {
        var stranger = (Chunk with { Job = "0" }).ToJson();
        Assert.Equal(["m0", "m2"], await HandleAsync("no JSON", Chunk.ToJson(), stranger));
        Assert.Equal(1, (await table.ReadAsync(Job.Id)).Failed);
    }

    private async Task<IEnumerable<string>> HandleAsync(params string[] bodies) => Batches.Failed(
        await new Function(new FailureRecorder(table.Jobs())).Handle(Batches.Of(bodies), new Invocation()));
}
