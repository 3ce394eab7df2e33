using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Isobar.Local.Lineage;

/// <summary>An import: what was asked for, and the job that it became.</summary>
internal sealed class ImportLineage(IAmazonDynamoDB tables, StackNames stack, JobLineage jobs, WaysBack ways)
{
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
            await jobs.AddAsync(explanation, job, chunk: null, cancellationToken);
        else jobs.AddWithoutJob(explanation, new LandedObject(
            stack.LandingBucket, item["key"].S, item["versionId"].S, 0, default));
        return true;
    }
}
