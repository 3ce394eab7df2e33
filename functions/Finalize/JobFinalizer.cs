using Amazon.DynamoDBv2.Model;
using AWS.Lambda.Powertools.Logging;
using Isobar.Jobs;
using Isobar.Summaries;

namespace Isobar.Finalize;

/// <summary>
/// Sends one message for each shard of a finished job. A repeated change sends them again; what they cause is the same.
/// </summary>
public sealed class JobFinalizer(ISummaryQueue summaries)
{
    /// <param name="item">A job's item after a change.</param>
    /// <returns>How many messages were sent; 0 if the job is not finished.</returns>
    public async Task<int> FinalizeAsync(
        Dictionary<string, AttributeValue> item, CancellationToken cancellationToken)
    {
        if (FinishedJob.TryRead(item) is not { } job) return 0;
        var messages = SummaryMessage.Of(SummaryStep.Merge, job.Source, job.Id, job.Shards);
        await summaries.SendAsync(messages, cancellationToken);
        Logger.LogInformation("Job {job} is finished: {messages} messages sent", job.Id, messages.Count);
        return messages.Count;
    }
}
