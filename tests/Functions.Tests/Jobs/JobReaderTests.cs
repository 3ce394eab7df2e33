using Amazon.DynamoDBv2.Model;
using Isobar.Domain;
using Isobar.Jobs;

namespace Isobar.Functions.Tests.Jobs;

public sealed class JobReaderTests : IAsyncLifetime
{
    private static readonly Job Job = Examples.Job(chunks: 3);

    private JobsTableOnPortZero table = null!;

    public async ValueTask InitializeAsync() => table = await JobsTableOnPortZero.StartAsync();

    public ValueTask DisposeAsync() => table.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(50)]
    public async Task Pages_of_any_size_list_every_job_once_the_newest_first(int limit)
    {
        var opened = await OpenAsync(count: 7);
        var listed = new List<Job>();
        JobsCursor? after = null;
        do
        {
            var page = await table.Reader().ListAsync(limit, after, default);
            Assert.InRange(page.Jobs.Count, 1, limit);
            listed.AddRange(page.Jobs.Select(job => job.Job));
            after = page.Next is null ? null : JobsCursor.TryParse(page.Next.ToString());
        }
        while (after is not null);

        Assert.Equal(opened.OrderByDescending(job => job.LandedAt).ThenByDescending(job => job.Id), listed);
    }

    [Fact]
    public async Task A_job_opened_twice_is_listed_once()
    {
        await table.Jobs().OpenAsync(Job, refusal: null, default);
        await table.Jobs().OpenAsync(Job, refusal: null, default);
        Assert.Equal(Job, Assert.Single((await table.Reader().ListAsync(50, null, default)).Jobs).Job);
    }

    [Fact]
    public async Task What_is_listed_before_its_job_is_there_is_left_out()
    {
        var client = new ContendedDynamoDb(
            table, write => write == 2 ? throw ContendedDynamoDb.Canceled("None") : Task.CompletedTask);
        await Assert.ThrowsAsync<TransactionCanceledException>(
            () => table.Jobs(client).OpenAsync(Job, refusal: null, default));
        Assert.Empty((await table.Reader().ListAsync(50, null, default)).Jobs);

        await table.Jobs().OpenAsync(Job, refusal: null, default);
        Assert.Single((await table.Reader().ListAsync(50, null, default)).Jobs);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(51)]
    public Task A_page_is_bounded(int limit) => Assert.ThrowsAsync<ArgumentOutOfRangeException>(
        () => table.Reader().ListAsync(limit, null, default));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("../../etc")]
    [InlineData("MjAyNi0xMS0yN1QwMzowMDowMC4xMjNaI2pvYg")]
    [InlineData("fg")]
    public void A_cursor_that_no_page_gave_out_is_none(string text) => Assert.Null(JobsCursor.TryParse(text));

    [Fact]
    public void A_cursor_has_one_text()
    {
        var text = new JobsCursor($"2026-11-27T03:00:00.123Z#{Job.Id}").ToString();
        Assert.Equal(text, JobsCursor.TryParse(text)?.ToString());
        foreach (var other in (string[])[text + "=", text + "A", text[..^1], text + "\n", " " + text])
            Assert.Null(JobsCursor.TryParse(other));
    }

    [Fact]
    public async Task A_job_is_shown_as_it_is_counted()
    {
        await table.Jobs().OpenAsync(Job, refusal: null, default);
        await table.Jobs().CommitAsync(Examples.Chunk(Job, 0), Examples.Counts, Examples.Shards, default);
        await table.Jobs().MarkFailedAsync(Examples.Chunk(Job, 1), default);

        var job = (await table.Reader().FindAsync(Job.Id, default))!;
        Assert.Equal(new JobProgress(Job, null, 1, 1, 10, new JobCounts(4, 3, 2, 1)), job);
        Assert.Equal(JobState.Running, job.State);
        Assert.Null(await table.Reader().FindAsync(new string('0', 64), default));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_failed_chunk_keeps_the_message_that_it_was_read_by(bool gzip)
    {
        var chunk = Examples.Chunk(Job, 1) with { Gzip = gzip };
        await table.Jobs().OpenAsync(Job, refusal: null, default);
        await table.Jobs().CommitAsync(Examples.Chunk(Job, 0), Examples.Counts, Examples.Shards, default);
        await table.Jobs().RecordFailedAttemptAsync(chunk, "timeout", default);
        await table.Jobs().MarkFailedAsync(chunk, default);

        Assert.Equal(new FailedChunk(chunk, "timeout"), Assert.Single(await table.Reader().FailedAsync(Job, default)));

        await table.Jobs().CommitAsync(chunk, Examples.Counts, Examples.Shards, default);
        Assert.Empty(await table.Reader().FailedAsync(Job, default));
    }

    [Fact]
    public async Task Events_of_a_job_are_read_up_to_a_bound()
    {
        for (var number = 0; number <= JobReader.MaxEvents; number++)
        {
            await table.Client.PutItemAsync(JobsTableOnPortZero.Name, new()
            {
                ["job"] = new AttributeValue(Job.Id),
                ["item"] = new AttributeValue($"event#imported#{number:D3}"),
                ["at"] = new AttributeValue("2026-11-27T03:00:01Z"),
            });
        }

        var events = await table.Reader().EventsAsync(Job.Id, default);
        Assert.Equal(JobReader.MaxEvents, events.Count);
        Assert.Equal(new JobEvent("imported", "000", new(2026, 11, 27, 3, 0, 1, TimeSpan.Zero)), events[0]);
    }

    private async Task<List<Job>> OpenAsync(int count)
    {
        var jobs = new List<Job>();
        for (var number = 0; number < count; number++)
        {
            var key = $"{number}.csv";
            // Two at a time land in the same millisecond.
            jobs.Add(Job with
            {
                Id = JobId.From("landing", key, "v1"),
                Source = Job.Source with { Key = key },
                LandedAt = Examples.LandedAt.AddHours(number / 2),
            });
            await table.Jobs().OpenAsync(jobs[^1], refusal: null, default);
        }

        return jobs;
    }
}
