using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Isobar.Functions;
using Isobar.Tables;

namespace Isobar.Jobs;

/// <summary>Reads the jobs table.</summary>
/// <param name="client">Configured by environment variables, without a Region or endpoint in code.</param>
/// <param name="table">The table's name.</param>
/// <param name="backoff">Waits before jobs that DynamoDB left unprocessed are read again.</param>
public sealed class JobReader(IAmazonDynamoDB client, string table, Backoff backoff)
{
    /// <summary>Jobs in a page; one batch reads them.</summary>
    public const int MaxPage = 50;

    /// <summary>Timeline entries of a job that are read, in the order of their keys.</summary>
    public const int MaxEvents = 100;

    /// <param name="limit">1 to <see cref="MaxPage"/> jobs.</param>
    /// <param name="after">Where the page before ended; null for the first one.</param>
    /// <exception cref="IOException">DynamoDB did not return all of the page's jobs.</exception>
    public async Task<JobPage> ListAsync(int limit, JobsCursor? after, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxPage);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var answer = await client.QueryAsync(
            new QueryRequest
            {
                TableName = table,
                // '~' sorts after every position: those begin with a year.
                KeyConditionExpression = "job = :jobs AND #item < :after",
                ExpressionAttributeNames = new() { ["#item"] = "item" },
                ExpressionAttributeValues = new()
                {
                    [":jobs"] = Attributes.Text(JobList.Partition),
                    [":after"] = Attributes.Text(after?.Position ?? "~"),
                },
                ScanIndexForward = false,
                // One more than the page, to know whether there is a next page.
                Limit = limit + 1,
            },
            cancellationToken);
        var positions = (answer.Items ?? []).Select(item => item["item"].S).ToArray();
        var listed = positions.Take(limit).ToArray();
        var jobs = await ReadAsync(listed, cancellationToken);
        return new JobPage(jobs, positions.Length > limit ? new JobsCursor(listed[^1]) : null);
    }

    /// <returns>Null when there is no such job.</returns>
    public async Task<JobProgress?> FindAsync(string job, CancellationToken cancellationToken) =>
        await ItemAsync(job, cancellationToken) is { } item ? JobSchema.ReadJob(item) : null;

    /// <returns>Null when there is no such job, or when it is not finished.</returns>
    public async Task<FinishedJob?> FindFinishedAsync(string job, CancellationToken cancellationToken) =>
        await ItemAsync(job, cancellationToken) is { } item ? FinishedJob.TryRead(item) : null;

    /// <summary>All chunks of a job that are failed now, by their start.</summary>
    public async Task<IReadOnlyList<FailedChunk>> FailedAsync(Job job, CancellationToken cancellationToken)
    {
        var request = Items(job.Id, JobSchema.ChunkPrefix);
        request.FilterExpression = "#state = :failed";
        request.ExpressionAttributeNames["#state"] = "state";
        request.ExpressionAttributeValues[":failed"] = Attributes.Text(JobSchema.Failed);
        return [.. (await AllAsync(request, cancellationToken)).Select(item => JobSchema.ReadFailed(job, item))];
    }

    /// <summary>The done chunks of a job that have partials of a shard, by their start.</summary>
    public async Task<IReadOnlyList<ChunkPartials>> PartialsAsync(
        string job, int shard, CancellationToken cancellationToken)
    {
        var request = Items(job, JobSchema.ChunkPrefix);
        request.FilterExpression = "#state = :done AND accepted > :none "
            + "AND (attribute_not_exists(shards) OR contains(shards, :shard))";
        request.ExpressionAttributeNames["#state"] = "state";
        request.ExpressionAttributeValues[":done"] = Attributes.Text(JobSchema.Done);
        request.ExpressionAttributeValues[":none"] = Attributes.Number(0);
        request.ExpressionAttributeValues[":shard"] = Attributes.Number(shard);
        return [.. (await AllAsync(request, cancellationToken)).Select(JobSchema.ReadPartials)];
    }

    /// <summary>At most <see cref="MaxEvents"/> entries of the job's timeline.</summary>
    public async Task<IReadOnlyList<JobEvent>> EventsAsync(string job, CancellationToken cancellationToken)
    {
        var request = Items(job, JobSchema.EventPrefix);
        request.Limit = MaxEvents;
        var page = await client.QueryAsync(request, cancellationToken);
        return [.. (page.Items ?? []).Select(JobSchema.ReadEvent)];
    }

    private async Task<Dictionary<string, AttributeValue>?> ItemAsync(
        string job, CancellationToken cancellationToken)
    {
        var answer = await client.GetItemAsync(
            new GetItemRequest { TableName = table, Key = JobSchema.JobKey(job), ConsistentRead = true },
            cancellationToken);
        return answer.Item is { Count: > 0 } item ? item : null;
    }

    // A job has at most 512 chunks, whose items fit in one page of 1 MB; follow pages all the same.
    private async Task<IReadOnlyList<Dictionary<string, AttributeValue>>> AllAsync(
        QueryRequest request, CancellationToken cancellationToken) =>
        await client.ItemsAsync(request, cancellationToken).ToListAsync(cancellationToken);

    private QueryRequest Items(string job, string prefix) => new()
    {
        TableName = table,
        KeyConditionExpression = "job = :job AND begins_with(#item, :prefix)",
        ExpressionAttributeNames = new() { ["#item"] = "item" },
        ExpressionAttributeValues = new()
        {
            [":job"] = Attributes.Text(job), [":prefix"] = Attributes.Text(prefix),
        },
        ConsistentRead = true,
    };

    // In the order of the list. An entry without a job, or whose job landed at another time, is left out.
    private async Task<IReadOnlyList<JobProgress>> ReadAsync(
        IReadOnlyList<string> positions, CancellationToken cancellationToken)
    {
        var keys = positions.Select(position => JobList.TryReadJob(position)!).Distinct().Select(JobSchema.JobKey);
        var items = await new BatchRead(client, table, backoff)
            .ItemsAsync(keys, consistentRead: false, cancellationToken);
        var found = items.Select(JobSchema.ReadJob)
            .ToDictionary(job => JobList.Position(job.Job.LandedAt, job.Job.Id), StringComparer.Ordinal);
        return [.. positions.Where(found.ContainsKey).Select(position => found[position])];
    }
}
