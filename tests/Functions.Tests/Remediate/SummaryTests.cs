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
        new Function(null!, new SummaryRemediation(table.Reader(), this, this))
            .Handle(input, new Invocation());
}
