using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Isobar.Api;
using Isobar.Chunks;
using Isobar.Domain;
using Isobar.Functions.Tests.Jobs;
using Isobar.Jobs;
using Isobar.Summaries;

namespace Isobar.Functions.Tests.Api;

[Collection(nameof(Batches))]
public sealed class JobRouteTests : IAsyncLifetime, IChunkQueue, ISummaryQueue
{
    private static readonly Job Job = Examples.Job(chunks: 3);

    private readonly List<ChunkMessage> sent = [];
    private readonly List<SummaryMessage> summaries = [];
    private JobsTableOnPortZero table = null!;

    public async ValueTask InitializeAsync()
    {
        table = await JobsTableOnPortZero.StartAsync();
        await table.Jobs().OpenAsync(Job, refusal: null, default);
        await table.Jobs().CommitAsync(Examples.Chunk(Job, 0), Examples.Counts, Examples.Shards, default);
        await table.Jobs().CommitAsync(Examples.Chunk(Job, 2), Examples.Counts, Examples.Shards, default);
        await table.Jobs().RecordFailedAttemptAsync(Examples.Chunk(Job, 1), "timeout", default);
        await table.Jobs().MarkFailedAsync(Examples.Chunk(Job, 1), default);
    }

    public ValueTask DisposeAsync() => table.DisposeAsync();

    [Fact]
    public async Task A_job_shows_its_state_its_counts_its_failures_and_its_timeline()
    {
        var job = await GetAsync(Job.Id);
        Assert.Equal(("incomplete", "a.csv", "v1"),
            ((string?)job["state"], (string?)job["key"], (string?)job["versionId"]));
        Assert.Equal("""{"done":2,"failed":1,"total":3}""", job["chunks"]!.ToJsonString());
        Assert.Equal("""{"rows":20,"accepted":8,"flagged":6,"missing":4,"malformed":2}""",
            job["counts"]!.ToJsonString());
        Assert.True((bool)job["balanced"]!);
        Assert.Equal("""[{"start":100,"end":200,"reason":"timeout"}]""", job["failures"]!.ToJsonString());
        Assert.Equal(
            """[{"at":"2026-11-27T03:00:00.123+00:00","what":"landed"},{"what":"incomplete"}]""",
            job["timeline"]!.ToJsonString(new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Fact]
    public async Task The_list_shows_jobs_without_their_failures()
    {
        var route = new ListJobsRoute(table.Reader(), Calls.Responses);
        var answer = await route.ListJobs(Calls.Request(), new Invocation());
        var body = Calls.AssertAnswer(answer, 200);
        var job = Assert.Single(body["jobs"]!.AsArray())!;
        Assert.Equal(Job.Id, (string?)job["id"]);
        Assert.Null(job["failures"]);
        Assert.Null(body["next"]);
    }

    [Theory]
    [InlineData("limit", "0")]
    [InlineData("limit", "51")]
    [InlineData("limit", "-1")]
    [InlineData("limit", "ten")]
    [InlineData("limit", "99999999999")]
    [InlineData("limit", "")]
    [InlineData("cursor", "")]
    [InlineData("cursor", "eyJhIjoxfQ")]
    [InlineData("page", "2")]
    public async Task A_list_that_is_asked_for_wrongly_is_refused(string name, string value)
    {
        var route = new ListJobsRoute(table.Reader(), Calls.Responses);
        var answer = await route.ListJobs(Calls.Request(null, (name, value)), new Invocation());
        Calls.AssertProblem(answer, 400, "Bad Request");
    }

    [Theory]
    [InlineData("")]
    [InlineData("job")]
    [InlineData("../jobs")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task A_job_that_is_not_there_is_not_found(string id)
    {
        var got = await new GetJobRoute(table.Reader(), Calls.Responses).GetJob(id, Calls.Request(), new Invocation());
        Calls.AssertProblem(got, 404, "Not Found");
        Calls.AssertProblem(await RedriveAsync(id), 404, "Not Found");
        Assert.Empty(sent);
    }

    [Fact]
    public async Task A_redrive_sends_the_failed_chunks_as_they_were_sent_first()
    {
        var body = Calls.AssertAnswer(await RedriveAsync(Job.Id), 202);
        Assert.Equal(1, (int)body["chunks"]!);
        Assert.Equal([Examples.Chunk(Job, 1)], sent);
        Assert.Equal(0, (int)body["summaries"]!);
        Assert.Empty(summaries);
    }

    [Fact]
    public async Task A_redrive_of_a_finished_job_sends_its_summary_messages_so_that_they_are_no_duplicates()
    {
        await table.Jobs().CommitAsync(Examples.Chunk(Job, 1), Examples.Counts, Examples.Shards, default);

        var body = Calls.AssertAnswer(await RedriveAsync(Job.Id), 202);
        await RedriveAsync(Job.Id);

        Assert.Equal((0, 2), ((int)body["chunks"]!, (int)body["summaries"]!));
        Assert.Empty(sent);
        Assert.Equal([3, 11, 3, 11], summaries.Select(message => message.Shard));
        Assert.All(summaries, message => Assert.Equal((Job.Id, Job.Source), (message.Job, message.Source)));
        Assert.DoesNotContain(
            SummaryMessage.Of(SummaryStep.Merge, Job.Source, Job.Id, [3])[0].DeduplicationId,
            summaries.Select(message => message.DeduplicationId));
        // What SQS takes. Source: Amazon SQS API Reference, SendMessage, MessageDeduplicationId.
        Assert.All(summaries, message => Assert.InRange(message.DeduplicationId.Length, 1, 128));
    }

    [Fact]
    public async Task A_second_redrive_before_the_first_has_come_through_changes_no_count()
    {
        await RedriveAsync(Job.Id);
        await RedriveAsync(Job.Id);
        Assert.Equal(2, sent.Count);
        foreach (var chunk in sent) await table.Jobs().CommitAsync(chunk, Examples.Counts, Examples.Shards, default);

        var job = await GetAsync(Job.Id);
        Assert.Equal("finished", (string?)job["state"]);
        Assert.Equal("""{"done":3,"failed":0,"total":3}""", job["chunks"]!.ToJsonString());
        Assert.Equal((30, true), ((int)job["counts"]!["rows"]!, (bool)job["balanced"]!));
        Assert.Equal(0, (int)Calls.AssertAnswer(await RedriveAsync(Job.Id), 202)["chunks"]!);
    }

    [Fact]
    public async Task A_job_of_512_failed_chunks_is_redriven_whole()
    {
        var job = Examples.Job(ChunkPlan.MaxChunks) with
        {
            Id = JobId.From("landing", "b.csv", "v1"), Source = Job.Source with { Key = "b.csv" },
        };
        await table.Jobs().OpenAsync(job, refusal: null, default);
        for (var index = 0; index < ChunkPlan.MaxChunks; index++)
            await table.Jobs().MarkFailedAsync(Examples.Chunk(job, index), default);
        Assert.Equal(512, (int)Calls.AssertAnswer(await RedriveAsync(job.Id), 202)["chunks"]!);
        Assert.Equal(512, sent.Distinct().Count());
    }

    Task IChunkQueue.SendAsync(IReadOnlyList<ChunkMessage> messages, CancellationToken cancellationToken)
    {
        sent.AddRange(messages);
        return Task.CompletedTask;
    }

    Task ISummaryQueue.SendAsync(IReadOnlyList<SummaryMessage> messages, CancellationToken cancellationToken)
    {
        summaries.AddRange(messages);
        return Task.CompletedTask;
    }

    private async Task<JsonNode> GetAsync(string id) => Calls.AssertAnswer(
        await new GetJobRoute(table.Reader(), Calls.Responses).GetJob(id, Calls.Request(), new Invocation()), 200);

    private Task<Amazon.Lambda.APIGatewayEvents.APIGatewayProxyResponse> RedriveAsync(string id) =>
        new RedriveJobRoute(table.Reader(), this, this, Calls.Responses)
            .RedriveJob(id, Calls.Request(), new Invocation());
}
