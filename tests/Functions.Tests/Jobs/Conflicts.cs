using Amazon.DynamoDBv2.Model;
using Isobar.Domain;
using Isobar.Jobs;

namespace Isobar.Functions.Tests.Jobs;

public sealed class Conflicts : IAsyncLifetime
{
    private static readonly Job Job = Examples.Job(chunks: 3);
    private static readonly ChunkMessage Chunk = Examples.Chunk(Job, 1);

    private readonly ImmediateTime clock = new();
    private JobsTableOnPortZero table = null!;

    public async ValueTask InitializeAsync()
    {
        table = await JobsTableOnPortZero.StartAsync();
        await table.Jobs().OpenAsync(Job, refusal: null, default);
    }

    public ValueTask DisposeAsync() => table.DisposeAsync();

    [Fact]
    public async Task After_five_tries_the_commit_fails_and_nothing_is_counted()
    {
        var client = new ContendedDynamoDb(table, _ => throw ContendedDynamoDb.Conflict());
        var failure = await Assert.ThrowsAsync<JobsConflictException>(
            () => table.Jobs(client, clock, new Jitter(0.75))
                .CommitAsync(Chunk, Examples.Counts, Examples.Shards, default));

        Assert.Equal("The write met other writers 5 times.", failure.Message);
        Assert.Equal(5, client.Writes);
        Assert.Equal([15, 30, 60, 120], clock.Waits.Select(wait => wait.TotalMilliseconds));
        var record = await table.ReadAsync(Job.Id);
        Assert.Equal((0, 0), (record.Done, record.Rows));
        Assert.Empty(record.Chunks);
    }

    [Fact]
    public async Task A_commit_goes_through_once_the_others_are_gone()
    {
        var client = new ContendedDynamoDb(
            table, write => write < 5 ? throw ContendedDynamoDb.Conflict() : Task.CompletedTask);
        Assert.True(await table.Jobs(client, clock).CommitAsync(Chunk, Examples.Counts, Examples.Shards, default));
        Assert.Equal((5, 1), (client.Writes, (await table.ReadAsync(Job.Id)).Done));
    }

    [Fact]
    public async Task A_duplicate_that_commits_between_the_look_and_the_write_is_noticed()
    {
        var client = new ContendedDynamoDb(
            table, _ => table.Jobs().CommitAsync(Chunk, Examples.Counts, Examples.Shards, default));
        Assert.False(await table.Jobs(client, clock).CommitAsync(Chunk, Examples.Counts, Examples.Shards, default));
        var record = await table.ReadAsync(Job.Id);
        Assert.Equal((1, 1, 10), (client.Writes, record.Done, record.Rows));
    }

    [Fact]
    public async Task A_chunk_given_up_between_the_look_and_the_write_is_committed_after_all()
    {
        var client = new ContendedDynamoDb(
            table, write => write == 1 ? table.Jobs().MarkFailedAsync(Chunk, default) : Task.CompletedTask);
        Assert.True(await table.Jobs(client, clock).CommitAsync(Chunk, Examples.Counts, Examples.Shards, default));

        var record = await table.ReadAsync(Job.Id);
        Assert.Equal((2, 1, 0), (client.Writes, record.Done, record.Failed));
    }

    [Fact]
    public async Task A_chunk_committed_while_it_is_given_up_stays_done()
    {
        var client = new ContendedDynamoDb(
            table, _ => table.Jobs().CommitAsync(Chunk, Examples.Counts, Examples.Shards, default));
        Assert.False(await table.Jobs(client, clock).MarkFailedAsync(Chunk, default));

        var record = await table.ReadAsync(Job.Id);
        Assert.Equal((1, 0), (record.Done, record.Failed));
    }

    [Fact]
    public async Task Opening_a_job_that_a_commit_is_just_changing_is_tried_again()
    {
        var client = new ContendedDynamoDb(table, write =>
            write is 2 or 3 ? throw new TransactionConflictException("Transaction is ongoing") : Task.CompletedTask);
        await table.Jobs(client, clock).OpenAsync(Job, refusal: null, default);
        // The first write lists the job, and no transaction is ever about that.
        Assert.Equal(4, client.Writes);
        Assert.Equal(3, (await table.ReadAsync(Job.Id)).Total);
    }

    [Fact]
    public async Task A_deadline_ends_the_tries()
    {
        using var deadline = new CancellationTokenSource();
        var client = new ContendedDynamoDb(table, _ =>
        {
            deadline.Cancel();
            throw ContendedDynamoDb.Conflict();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => table.Jobs(client, clock, new Jitter(0.75))
                .CommitAsync(Chunk, Examples.Counts, Examples.Shards, deadline.Token));
        Assert.Equal(1, client.Writes);
    }

    private sealed class Jitter(double value) : Random
    {
        public override double NextDouble() => value;
    }
}
