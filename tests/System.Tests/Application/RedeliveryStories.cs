using System.Text.Json.Nodes;
using Isobar.Local.Lambda.EventSources;
using Isobar.Local.Services.Sqs;

namespace Isobar.Stories.Application;

[Collection(OneStack.Name)]
public sealed class RedeliveryStories(StackFixture stack)
{
    private const string Good = "XIW00000003.csv";
    private const string Broken = "XIW00000005.broken.csv.gz";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    [Fact]
    [Concept("At least once everywhere, so idempotent", "JobsTable", Code = "layers/shared/Isobar.Jobs")]
    public async Task A_chunk_that_comes_again_changes_nothing()
    {
        var landed = await stack.Landings.PutSampleAsync("again.csv", Good);
        var job = (await stack.SettleAsync(landed)).Single();
        var results = await ResultsAsync(job);
        var before = stack.Host.Journal.LastSequence;

        await SendAsync(ChunkOf(job, Good));
        var batch = await stack.Host.Journal.WaitForAsync<BatchSucceeded>(_ => true, Bound, before);
        await stack.QuietAsync();

        Assert.Equal((1, 0), (batch.Deleted, batch.Failed));
        Assert.Equal(job, (await stack.Landings.JobsAsync(landed)).Single());
        Assert.Equal(results, await ResultsAsync(job));
    }

    [Fact]
    [Concept("Event source mapping: SQS, with partial batch responses", "TransformFunction.Chunks")]
    public async Task Of_a_batch_only_the_chunk_that_failed_comes_again()
    {
        var good = await stack.Landings.PutSampleAsync("partial/good.csv", Good);
        var broken = await stack.Landings.PutSampleAsync("partial/broken.csv.gz", Broken);
        var jobs = await stack.SettleAsync(good, broken);
        var before = stack.Host.Journal.LastSequence;

        await SendAsync(ChunkOf(jobs[0], Good), ChunkOf(jobs[1], Broken));
        var batch = await stack.Host.Journal.WaitForAsync<BatchSucceeded>(_ => true, Bound, before);

        Assert.Equal((1, 1), (batch.Deleted, batch.Failed));
        var failed = Assert.Single(stack.Facts<BatchItemFailed>(before));
        Assert.DoesNotContain(stack.Facts<MessageDeleted>(before), deleted => deleted.MessageId == failed.MessageId);

        // The failed one is received four times more, alone, and ends where it had ended before.
        await stack.Host.Journal.WaitForAsync<MessageMovedToDeadLetterQueue>(
            moved => moved.MessageId == failed.MessageId, Bound, await AfterAnHourAsync(before));
        await stack.QuietAsync();
        Assert.Equal(4, stack.Facts<BatchSucceeded>(before).Count(batch => (batch.Deleted, batch.Failed) == (0, 1)));
        Assert.Equal(jobs, await stack.Landings.JobsAsync(good, broken));
    }

    [Fact]
    [Targets(Target.Local, Target.LocalStack, Target.Aws)]
    public async Task A_chunk_that_is_invoked_again_changes_nothing()
    {
        var landed = await stack.Landings.PutSampleAsync("again/invoked.csv", Good);
        var job = (await stack.SettleAsync(landed)).Single();
        var results = await ResultsAsync(job);

        var response = await TransformAsync(ChunkOf(job, Good));

        Assert.Empty(response["batchItemFailures"]!.AsArray());
        Assert.Equal(job, (await stack.Landings.JobsAsync(landed)).Single());
        Assert.Equal(results, await ResultsAsync(job));
    }

    /// <summary>Not on AWS, where the broken file takes an hour to its end.</summary>
    [Fact]
    [Targets(Target.Local, Target.LocalStack)]
    public async Task Of_a_batch_only_the_chunk_that_failed_is_in_the_response()
    {
        var good = await stack.Landings.PutSampleAsync("partial/invoked/good.csv", Good);
        var broken = await stack.Landings.PutSampleAsync("partial/invoked/broken.csv.gz", Broken);
        var jobs = await stack.SettleAsync(good, broken);

        var response = await TransformAsync(ChunkOf(jobs[0], Good), ChunkOf(jobs[1], Broken));

        Assert.Equal("message-1", (string?)Assert.Single(response["batchItemFailures"]!.AsArray())!["itemIdentifier"]);
        Assert.Equal(jobs, await stack.Landings.JobsAsync(good, broken));
    }

    private Task<JsonNode> TransformAsync(params string[] bodies) =>
        QueueEvents.InvokeAsync(stack.Stack, "TransformFunction", bodies);

    // Returns the point given: what is waited for may have happened on the way.
    private async Task<long> AfterAnHourAsync(long before)
    {
        await stack.Host.ClockControl.AdvanceByAsync(TimeSpan.FromMinutes(61), CancellationToken.None);
        return before;
    }

    private async Task SendAsync(params string[] bodies) => await stack.Stack.Calls.SqsAsync(
        "SendMessageBatch",
        new JsonObject
        {
            ["QueueUrl"] = stack.Stack.ChunksQueueUrl,
            ["Entries"] = new JsonArray([.. bodies.Select((body, index) =>
                new JsonObject { ["Id"] = $"{index}", ["MessageBody"] = body })]),
        });

    private string ChunkOf(Job job, string sample)
    {
        var length = new FileInfo(Path.Combine(Repository.Samples, sample)).Length;
        return stack.Landings.ChunkMessage(job, length, length, sample.EndsWith(".gz", StringComparison.Ordinal));
    }

    private async Task<IReadOnlyList<(string Key, string Tag)>> ResultsAsync(Job job) =>
    [
        .. await stack.Landings.ResultsAsync($"curated/{job.Id}/"),
        .. await stack.Landings.ResultsAsync($"quarantine/{job.Id}/"),
        .. await stack.Landings.ResultsAsync($"partials/{job.Id}/"),
    ];
}
