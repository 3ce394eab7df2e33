using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Isobar.Functions.Tests.Jobs;
using Isobar.Jobs;
using Isobar.Remediate;
using Isobar.Summaries;

namespace Isobar.Functions.Tests.Remediate;

public sealed class SummaryTests : IAsyncLifetime, ISummaryQueue, IJobChanges
{
    private static readonly Job Job = Examples.Job(chunks: 1);

    private static readonly StreamBatch Batch = new("arn", "shard", "1", "9");

    private readonly List<SummaryMessage> sent = [];
    private readonly List<Dictionary<string, AttributeValue>> changed = [];
    private JobsTableOnPortZero table = null!;

    public async ValueTask InitializeAsync()
    {
        table = await JobsTableOnPortZero.StartAsync();
        await table.Jobs().OpenAsync(Job, refusal: null, default);
    }

    public ValueTask DisposeAsync() => table.DisposeAsync();

    [Fact]
    public async Task A_summary_that_failed_is_in_its_jobs_timeline_once_for_each_shard()
    {
        var messages = SummaryMessage.Of(SummaryStep.Merge, Job.Source, Job.Id, [3, 11]);
        var dead = new RemediateEvent(
            null, null, default, null, Records: [.. messages.Select(message => new DeadMessage(message.ToJson()))]);

        var remedy = await HandleAsync(dead);
        await HandleAsync(dead);

        Assert.Equal("recorded", remedy.Action);
        Assert.Equal([Job.Id, Job.Id], remedy.Jobs);
        var events = await table.Reader().EventsAsync(Job.Id, default);
        Assert.Equal(
            [("summary-failed", "merge-11"), ("summary-failed", "merge-3")],
            events.Select(entry => (entry.Kind, entry.Id)));
    }

    [Fact]
    public async Task A_dead_message_that_is_no_summary_fails_and_so_stays_in_its_queue() =>
        await Assert.ThrowsAnyAsync<JsonException>(
            () => HandleAsync(new RemediateEvent(null, null, default, null, Records: [new DeadMessage("{}")])));

    [Fact]
    public async Task The_summary_of_a_finished_job_is_sent_again_on_request()
    {
        Assert.Equal("not-finished", (await HandleAsync(Resend(Job.Id))).Action);
        Assert.Empty(sent);

        await FinishAsync();
        var remedy = await HandleAsync(Resend(Job.Id));

        Assert.Equal("resent", remedy.Action);
        Assert.Equal([Job.Id], remedy.Jobs);
        Assert.Equal([3, 11], sent.Select(message => message.Shard));
        Assert.All(sent, message => Assert.NotNull(message.Again));
    }

    [Fact]
    public async Task Of_a_batch_that_was_given_up_each_job_that_it_finished_is_sent_once()
    {
        changed.Add(await ItemAsync());
        await FinishAsync();
        changed.Add(await ItemAsync());
        changed.Add(await ItemAsync());

        var remedy = await HandleAsync(new RemediateEvent(null, null, default, null, Batch));

        Assert.Equal([Job.Id], remedy.Jobs);
        Assert.Equal([3, 11], sent.Select(message => message.Shard));
    }

    Task ISummaryQueue.SendAsync(IReadOnlyList<SummaryMessage> messages, CancellationToken cancellationToken)
    {
        sent.AddRange(messages);
        return Task.CompletedTask;
    }

    IAsyncEnumerable<Dictionary<string, AttributeValue>> IJobChanges.ReadAsync(
        StreamBatch batch, CancellationToken cancellationToken)
    {
        Assert.Equal(Batch, batch);
        return changed.ToAsyncEnumerable();
    }

    private static RemediateEvent Resend(string id) => new(id, null, default, null);

    private Task FinishAsync() => table.Jobs().CommitAsync(
        Examples.Chunk(Job, 0), Examples.Counts, Examples.Shards, default);

    private async Task<Dictionary<string, AttributeValue>> ItemAsync()
    {
        var answer = await table.Client.GetItemAsync(
            JobsTableOnPortZero.Name,
            new() { ["job"] = new AttributeValue(Job.Id), ["item"] = new AttributeValue("job") });
        return answer.Item;
    }

    private Task<Remedy> HandleAsync(RemediateEvent input) =>
        new Function(null!, new SummaryRemediation(table.Reader(), table.Jobs(), this, this))
            .Handle(input, new Invocation());
}
