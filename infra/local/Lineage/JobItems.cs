using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Isobar.Local.Lineage;

/// <summary>A job as the jobs table has it.</summary>
/// <param name="Total">Chunks.</param>
/// <param name="Refusal">Why the whole file is refused; null if it is not.</param>
internal sealed record JobItem(
    string Id, string Bucket, string Key, string VersionId, string Sequencer, DateTimeOffset LandedAt,
    int Total, int Done, int Failed, long Rows, long Accepted, long Flagged, long Missing, long Malformed,
    string? Refusal)
{
    public bool IsFinished => Refusal is null && Done >= Total;

    public string State => this switch
    {
        { Refusal: not null } => "refused",
        { IsFinished: true } => "finished",
        _ => Done + Failed >= Total ? "incomplete" : "running",
    };

    public string Counts => string.Create(CultureInfo.InvariantCulture,
        $"{Rows:N0} rows = {Accepted:N0} accepted + {Flagged:N0} flagged + {Missing:N0} missing + "
        + $"{Malformed:N0} malformed{(Rows == Accepted + Flagged + Missing + Malformed ? "" : " (not balanced)")}");
}

/// <summary>A chunk that is done or failed; one that is neither has no item.</summary>
/// <param name="Reason">Of a failed one.</param>
internal sealed record ChunkItem(long Start, long End, bool IsDone, string? Reason, long Rows);

/// <param name="Reason">Why the latest attempt at the chunk failed.</param>
internal sealed record AttemptItem(long Start, string Reason);

internal sealed record EventItem(string Kind, string Id, string? At);

/// <summary>Everything that the jobs table has of a job.</summary>
internal sealed record JobPartition(
    JobItem? Job, IReadOnlyList<ChunkItem> Chunks, IReadOnlyList<AttemptItem> Attempts,
    IReadOnlyList<EventItem> Events)
{
    /// <summary>Items of a job that are read: 512 chunks, as many attempts, and some events.</summary>
    private const int MaxItems = 2_000;

    /// <exception cref="LineageException">The partition has more items than any job.</exception>
    public static async Task<JobPartition> ReadAsync(
        IAmazonDynamoDB tables, string table, string job, CancellationToken cancellationToken)
    {
        var items = new List<Dictionary<string, AttributeValue>>();
        var request = new QueryRequest
        {
            TableName = table,
            KeyConditionExpression = "job = :job",
            ExpressionAttributeValues = new() { [":job"] = new AttributeValue(job) },
            ConsistentRead = true,
        };
        do
        {
            var page = await tables.QueryAsync(request, cancellationToken);
            items.AddRange(page.Items ?? []);
            if (items.Count > MaxItems) throw new LineageException($"Job {job} has over {MaxItems} items.");
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        return Of(items);
    }

    /// <summary>From the items of a partition, in any order.</summary>
    public static JobPartition Of(IReadOnlyList<Dictionary<string, AttributeValue>> items)
    {
        var kinds = items.ToLookup(item => item["item"].S.Split('#')[0]);
        return new JobPartition(
            kinds["job"].Select(JobOf).FirstOrDefault(), [.. kinds["chunk"].Select(ChunkOf)],
            [.. kinds["attempt"].Select(item => new AttemptItem(StartOf(item), Text(item, "reason") ?? ""))],
            [.. kinds["event"].Select(EventOf)]);
    }

    private static JobItem JobOf(Dictionary<string, AttributeValue> item) => new(
        item["job"].S, item["bucket"].S, item["key"].S, item["versionId"].S, item["sequencer"].S,
        DateTimeOffset.Parse(item["landedAt"].S, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        (int)Number(item, "total"), (int)Number(item, "done"), (int)Number(item, "failed"), Number(item, "rows"),
        Number(item, "accepted"), Number(item, "flagged"), Number(item, "missing"), Number(item, "malformed"),
        Text(item, "refusal"));

    private static ChunkItem ChunkOf(Dictionary<string, AttributeValue> item) => new(
        StartOf(item), Number(item, "end"), Text(item, "state") == "done", Text(item, "reason"),
        Number(item, "rows"));

    private static EventItem EventOf(Dictionary<string, AttributeValue> item)
    {
        var parts = item["item"].S.Split('#', 3);
        return new EventItem(parts.ElementAtOrDefault(1) ?? "", parts.ElementAtOrDefault(2) ?? "", Text(item, "at"));
    }

    private static long StartOf(Dictionary<string, AttributeValue> item) =>
        long.Parse(item["item"].S.Split('#')[1], CultureInfo.InvariantCulture);

    private static long Number(Dictionary<string, AttributeValue> item, string name) =>
        item.TryGetValue(name, out var value) ? long.Parse(value.N, CultureInfo.InvariantCulture) : 0;

    private static string? Text(Dictionary<string, AttributeValue> item, string name) =>
        item.GetValueOrDefault(name)?.S;
}
