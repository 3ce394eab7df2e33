using Amazon.DynamoDBv2.Model;
using Isobar.Domain;
using Isobar.Jobs;

namespace Isobar.Functions.Tests.Jobs;

public sealed class JobWriterTests : IAsyncLifetime
{
    private static readonly Job Job = Examples.Job(chunks: 3);
    private static readonly ChunkMessage Chunk = Examples.Chunk(Job, 1);

    private JobsTableOnPortZero table = null!;
    private JobWriter jobs = null!;

    public async ValueTask InitializeAsync()
    {
        table = await JobsTableOnPortZero.StartAsync();
        jobs = table.Jobs();
    }

    public ValueTask DisposeAsync() => table.DisposeAsync();

    [Fact]
    public async Task A_job_opens_with_zero_counts_and_opening_it_again_changes_nothing()
    {
        await jobs.OpenAsync(Job, refusal: null, default);
        await jobs.CommitAsync(Chunk, Examples.Counts, Examples.Shards, default);
        await jobs.OpenAsync(Job, refusal: null, default);

        var record = await table.ReadAsync(Job.Id);
        Assert.Equal((3, 1, 0, 10, null), (record.Total, record.Done, record.Failed, record.Rows, record.Refusal));
    }

    [Fact]
    public async Task A_refused_object_is_a_job_of_no_chunks_with_the_reason()
    {
        await jobs.OpenAsync(Job with { Total = 0 }, InputReasons.GzipSize, default);

        var record = await table.ReadAsync(Job.Id);
        Assert.Equal((0, "gzip:size"), (record.Total, record.Refusal));
    }

    [Fact]
    public async Task A_chunk_is_open_until_it_is_committed()
    {
        await jobs.OpenAsync(Job, refusal: null, default);
        Assert.Equal(ChunkState.Open, await jobs.StateAsync(Job.Id, Chunk.Start, default));
        await jobs.CommitAsync(Chunk, Examples.Counts, Examples.Shards, default);
        Assert.Equal(ChunkState.Done, await jobs.StateAsync(Job.Id, Chunk.Start, default));
    }

    [Fact]
    public async Task A_commit_counts_once_however_often_it_is_repeated()
    {
        await jobs.OpenAsync(Job, refusal: null, default);
        Assert.True(await jobs.CommitAsync(Chunk, Examples.Counts, Examples.Shards, default));
        Assert.False(await jobs.CommitAsync(Chunk, Examples.Counts, Examples.Shards, default));

        var record = await table.ReadAsync(Job.Id);
        Assert.Equal((1, 0, 10), (record.Done, record.Failed, record.Rows));
        Assert.Equal(new JobCounts(4, 3, 2, 1), record.Counts);
        Assert.Equal(
            new ChunkRecord("done", Examples.Counts, null) { Shards = "3 11" }, record.Chunks[Chunk.Start]);
        Assert.Equal((2, "3 11"), (record.Remaining, record.Shards));
    }

    [Fact]
    public async Task Of_duplicates_at_the_same_time_one_commits()
    {
        await jobs.OpenAsync(Job, refusal: null, default);
        var commits = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => jobs.CommitAsync(Chunk, Examples.Counts, Examples.Shards, default)));

        Assert.Single(commits, committed => committed);
        Assert.Equal(10, (await table.ReadAsync(Job.Id)).Rows);
    }

    [Fact]
    public async Task Chunks_that_commit_at_the_same_time_are_all_counted()
    {
        var job = Examples.Job(chunks: 40);
        await jobs.OpenAsync(job, refusal: null, default);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(
            index => jobs.CommitAsync(Examples.Chunk(job, index), Examples.Counts, Examples.Shards, default)));

        var record = await table.ReadAsync(job.Id);
        Assert.Equal((40, 400), (record.Done, record.Rows));
        Assert.True(record.Counts.Balance(record.Rows));
    }

    [Fact]
    public async Task A_failed_chunk_shows_the_reason_that_was_recorded_last()
    {
        await jobs.OpenAsync(Job, refusal: null, default);
        await jobs.RecordFailedAttemptAsync(Chunk, "timeout", default);
        await jobs.RecordFailedAttemptAsync(Chunk, "gzip:crc", default);
        Assert.Equal(0, (await table.ReadAsync(Job.Id)).Failed);

        Assert.True(await jobs.MarkFailedAsync(Chunk, default));
        Assert.False(await jobs.MarkFailedAsync(Chunk, default));

        var record = await table.ReadAsync(Job.Id);
        Assert.Equal((0, 1, 0), (record.Done, record.Failed, record.Rows));
        Assert.Equal(new ChunkRecord("failed", null, "gzip:crc"), record.Chunks[Chunk.Start]);
    }

    [Fact]
    public async Task A_chunk_that_failed_without_a_recorded_reason_says_that_none_was_recorded()
    {
        await jobs.OpenAsync(Job, refusal: null, default);
        await jobs.MarkFailedAsync(Chunk, default);

        var chunk = (await table.ReadAsync(Job.Id)).Chunks[Chunk.Start];
        Assert.Equal("the last attempt recorded no reason (throttle, timeout, crash or kill)", chunk.Reason);
    }

    [Fact]
    public async Task A_redriven_chunk_that_commits_is_no_longer_failed()
    {
        await jobs.OpenAsync(Job, refusal: null, default);
        await jobs.MarkFailedAsync(Chunk, default);
        Assert.Equal(ChunkState.Failed, await jobs.StateAsync(Job.Id, Chunk.Start, default));

        Assert.True(await jobs.CommitAsync(Chunk, Examples.Counts, Examples.Shards, default));

        var record = await table.ReadAsync(Job.Id);
        Assert.Equal((1, 0, 10), (record.Done, record.Failed, record.Rows));
        Assert.Equal(
            new ChunkRecord("done", Examples.Counts, null) { Shards = "3 11" }, record.Chunks[Chunk.Start]);
        Assert.Equal((2, "3 11"), (record.Remaining, record.Shards));
    }

    [Fact]
    public async Task A_done_chunk_is_not_marked_as_failed()
    {
        await jobs.OpenAsync(Job, refusal: null, default);
        await jobs.CommitAsync(Chunk, Examples.Counts, Examples.Shards, default);

        Assert.False(await jobs.MarkFailedAsync(Chunk, default));

        var record = await table.ReadAsync(Job.Id);
        Assert.Equal((1, 0), (record.Done, record.Failed));
    }

    [Fact]
    public async Task A_chunk_of_a_job_that_was_never_opened_is_refused_at_once()
    {
        var client = new ContendedDynamoDb(table, _ => Task.CompletedTask);
        await Assert.ThrowsAsync<JobMissingException>(
            () => table.Jobs(client).CommitAsync(Chunk, Examples.Counts, Examples.Shards, default));
        await Assert.ThrowsAsync<JobMissingException>(() => table.Jobs(client).MarkFailedAsync(Chunk, default));

        Assert.Equal(2, client.Writes);
        Assert.Empty((await table.ReadAsync(Job.Id)).Chunks);
    }

    [Fact]
    public async Task An_error_other_than_a_conflict_is_not_retried()
    {
        await jobs.OpenAsync(Job, refusal: null, default);
        var client = new ContendedDynamoDb(table, _ => throw ContendedDynamoDb.Canceled("ValidationError", "None"));
        await Assert.ThrowsAsync<TransactionCanceledException>(
            () => table.Jobs(client).CommitAsync(Chunk, Examples.Counts, Examples.Shards, default));
        Assert.Equal(1, client.Writes);
    }
}
