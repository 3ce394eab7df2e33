using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Isobar.Jobs;

/// <summary>Reads jobs for people: lists, single jobs, what failed and what else happened. Writes nothing.</summary>
/// <param name="client">Names no region or address: both come from the environment.</param>
/// <param name="table">The jobs table's name.</param>
public sealed class JobsView(IAmazonDynamoDB client, string table)
{
    /// <summary>
    /// Jobs in a page. Their records are read in one batch, which takes 100.
    /// Source: Amazon DynamoDB API Reference, BatchGetItem.
    /// </summary>
    public const int MaxPage = 50;

    /// <summary>Events of a job that are read, in the order of their keys.</summary>
    public const int MaxEvents = 100;

    private const int BatchTries = 5;

    /// <param name="limit">1 to <see cref="MaxPage"/> jobs.</param>
    /// <param name="after">Where the page before ended; null for the first one.</param>
    /// <exception cref="IOException">DynamoDB did not answer for all of the page's jobs.</exception>
    public async Task<JobsPage> ListAsync(int limit, JobsCursor? after, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxPage);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var answer = await client.QueryAsync(
            new QueryRequest
            {
                TableName = table,
                // '~' is behind every position, which begins with a year.
                KeyConditionExpression = "job = :jobs AND #item < :after",
                ExpressionAttributeNames = new() { ["#item"] = "item" },
                ExpressionAttributeValues = new()
                {
                    [":jobs"] = JobItems.Text(Listing.Partition), [":after"] = JobItems.Text(after?.Position ?? "~"),
                },
                ScanIndexForward = false,
                Limit = limit + 1,
            },
            cancellationToken);
        var positions = (answer.Items ?? []).Select(item => item["item"].S).ToArray();
        var listed = positions.Take(limit).ToArray();
        var jobs = await ReadAsync(listed, cancellationToken);
        return new JobsPage(jobs, positions.Length > limit ? new JobsCursor(listed[^1]) : null);
    }

    /// <returns>Null when there is no such job.</returns>
    public async Task<JobView?> FindAsync(string job, CancellationToken cancellationToken)
    {
        var answer = await client.GetItemAsync(
            new GetItemRequest { TableName = table, Key = JobItems.JobKey(job), ConsistentRead = true },
            cancellationToken);
        return answer.Item is { Count: > 0 } item ? JobReading.Job(item) : null;
    }

    /// <summary>All chunks of a job that are given up now, by their start.</summary>
    public async Task<IReadOnlyList<FailedChunk>> FailedAsync(Job job, CancellationToken cancellationToken)
    {
        var failed = new List<FailedChunk>();
        var request = Items(job.Id, "chunk#");
        request.FilterExpression = "#state = :failed";
        request.ExpressionAttributeNames["#state"] = "state";
        request.ExpressionAttributeValues[":failed"] = JobItems.Text("failed");
        // A job has at most 512 chunks: their items are far from filling a second page of 1 MB.
        do
        {
            var page = await client.QueryAsync(request, cancellationToken);
            failed.AddRange((page.Items ?? []).Select(item => JobReading.Failed(job, item)));
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        return failed;
    }

    /// <summary>At most <see cref="MaxEvents"/> of them.</summary>
    public async Task<IReadOnlyList<JobEvent>> EventsAsync(string job, CancellationToken cancellationToken)
    {
        var request = Items(job, "event#");
        request.Limit = MaxEvents;
        var page = await client.QueryAsync(request, cancellationToken);
        return [.. (page.Items ?? []).Select(JobReading.Event)];
    }

    private QueryRequest Items(string job, string prefix) => new()
    {
        TableName = table,
        KeyConditionExpression = "job = :job AND begins_with(#item, :prefix)",
        ExpressionAttributeNames = new() { ["#item"] = "item" },
        ExpressionAttributeValues = new() { [":job"] = JobItems.Text(job), [":prefix"] = JobItems.Text(prefix) },
        ConsistentRead = true,
    };

    // In the order of the listing. A position whose job is not there yet, or says another time, is none of a job.
    private async Task<IReadOnlyList<JobView>> ReadAsync(
        IReadOnlyList<string> positions, CancellationToken cancellationToken)
    {
        if (positions.Count == 0) return [];
        var found = new Dictionary<string, JobView>(StringComparer.Ordinal);
        var rest = new Dictionary<string, KeysAndAttributes>
        {
            [table] = new()
            {
                Keys = [.. positions.Select(position => Listing.TryReadJob(position)!).Distinct()
                    .Select(JobItems.JobKey)],
            },
        };
        for (var tries = 0; rest is { Count: > 0 }; tries++)
        {
            if (tries == BatchTries) throw new IOException($"DynamoDB left jobs unread {tries} times.");
            var answer = await client.BatchGetItemAsync(
                new BatchGetItemRequest { RequestItems = rest }, cancellationToken);
            foreach (var item in answer.Responses.GetValueOrDefault(table) ?? [])
            {
                var job = JobReading.Job(item);
                found[Listing.Position(job.Job.LandedAt, job.Job.Id)] = job;
            }

            rest = answer.UnprocessedKeys;
        }

        return [.. positions.Where(found.ContainsKey).Select(position => found[position])];
    }
}
