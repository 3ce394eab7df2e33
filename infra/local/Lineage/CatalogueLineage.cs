using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Isobar.Local.Lineage;

/// <summary>Whether the catalogue has a landed version, of which Intake tells it by SNS.</summary>
internal sealed class CatalogueLineage(
    IAmazonDynamoDB tables, string table, FailureQueues queues, WaysBack ways, DateTimeOffset now)
{
    /// <summary>
    /// Where the record of an accepted file is when the catalogue does not have it: the topic could not deliver it, or
    /// CatalogRecordFile failed on it.
    /// </summary>
    private static readonly string[] Queues = ["UndeliveredQueue", "CatalogDeadLetterQueue"];

    // The retention of both queues. Source: template.yaml.
    private static readonly TimeSpan Retention = TimeSpan.FromDays(14);

    /// <summary>Says what the catalogue lacks; nothing if it has this version or a newer one.</summary>
    public async Task AddAsync(Explanation explanation, JobItem job, CancellationToken cancellationToken)
    {
        if (await HasAsync(job, cancellationToken)) return;
        foreach (var queue in Queues)
        {
            if (!await queues.HasMessagesAsync(queue, cancellationToken)) continue;
            explanation.AddFailure(
                "catalogue", $"does not have this version; unless its record is under way, it is in {queue}",
                ways.FromQueue(queue));
            return;
        }

        if (now - job.LandedAt > Retention)
            explanation.AddFailure(
                "catalogue", $"does not have this version, and its record has expired after {Retention.TotalDays} days",
                ways.LandAgain(job));
        else explanation.Add("catalogue", "does not have this version yet: its record is under way");
    }

    private async Task<bool> HasAsync(JobItem job, CancellationToken cancellationToken)
    {
        var answer = await tables.GetItemAsync(
            new GetItemRequest
            {
                TableName = table,
                Key = new() { ["key"] = new AttributeValue(job.Key) },
                ConsistentRead = true,
            },
            cancellationToken);
        return answer.Item is { Count: > 0 } item && string.CompareOrdinal(
            StationItems.OrderOf(item["sequencer"].S), StationItems.OrderOf(job.Sequencer)) >= 0;
    }
}
