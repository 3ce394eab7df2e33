using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Isobar.Local.Lineage;

/// <summary>An import: what was asked for, and the job that it became.</summary>
internal sealed class ImportLineage(
    IAmazonDynamoDB tables, StackNames stack, JobLineage jobs, FailureQueues queues, WaysBack ways)
{
    // Where the event of an import that landed is if Notify failed on it, or the rule could not deliver it.
    private const string Undelivered = "UndeliveredQueue";


    /// <returns>False if there is no such import.</returns>
    public async Task<bool> AddAsync(Explanation explanation, string importId, CancellationToken cancellationToken)
    {
        var answer = await tables.GetItemAsync(
            new GetItemRequest
            {
                TableName = stack.ImportsTable,
                Key = new() { ["importId"] = new AttributeValue(importId) },
                ConsistentRead = true,
            },
            cancellationToken);
        if (answer.Item is not { Count: > 0 } item) return false;
        var state = item["state"].S;
        var says = $"{importId} of station {item["station"].S}: {state}";
        if (state == "failed")
            explanation.AddFailure("import", $"{says}, {item.GetValueOrDefault("reason")?.S}", ways.Resend(importId));
        else explanation.Add("import", says);
        if (item.GetValueOrDefault("job")?.S is not { } job) return true;
        if ((await jobs.ReadAsync(job, cancellationToken)).Job is not null)
        {
            var partition = await jobs.AddAsync(explanation, job, chunk: null, cancellationToken);
            await AddEventAsync(explanation, partition, importId, cancellationToken);
        }
        else jobs.AddWithoutJob(explanation, new LandedObject(
            stack.LandingBucket, item["key"].S, item["versionId"].S, 0, default));
        return true;
    }

    private async Task AddEventAsync(
        Explanation explanation, JobPartition partition, string importId, CancellationToken cancellationToken)
    {
        if (partition.Events.Any(entry => entry.Id == importId)) return;
        if (await queues.HasMessagesAsync(Undelivered, cancellationToken))
            explanation.AddFailure(
                "event", $"none of this import in its job's timeline; unless it is under way, it is in {Undelivered}",
                ways.FromQueue(Undelivered));
        else explanation.Add("event", "none of this import in its job's timeline yet");
    }
}
