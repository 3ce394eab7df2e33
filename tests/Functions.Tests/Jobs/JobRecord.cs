using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Isobar.Domain;

namespace Isobar.Functions.Tests.Jobs;

/// <summary>A job as its items say it, read without the application's own code.</summary>
/// <param name="IsOpen">Whether the job itself has an item.</param>
/// <param name="Total">Chunks.</param>
/// <param name="Rows">As the job counts them; they must be those of <paramref name="Counts"/> together.</param>
/// <param name="Chunks">By start.</param>
internal sealed record JobRecord(
    bool IsOpen, long Total, long Done, long Failed, long Rows, JobCounts Counts, string? Refusal,
    IReadOnlyDictionary<long, ChunkRecord> Chunks)
{
    /// <summary>Chunks that are not done.</summary>
    public long Remaining { get; init; }

    /// <summary>The shards of the done chunks, ascending, with spaces between.</summary>
    public string Shards { get; init; } = "";

    public static JobRecord From(List<Dictionary<string, AttributeValue>> items)
    {
        var job = items.Find(item => item["item"].S == "job");
        var chunks = items.Where(item => item["item"].S.StartsWith("chunk#", StringComparison.Ordinal))
            .ToDictionary(item => long.Parse(item["item"].S[6..], CultureInfo.InvariantCulture), ChunkRecord.From);
        return job is null
            ? new(false, 0, 0, 0, 0, new(0, 0, 0, 0), null, chunks)
            : new(true, Number(job, "total"), Number(job, "done"), Number(job, "failed"), Number(job, "rows"),
                new(Number(job, "accepted"), Number(job, "flagged"), Number(job, "missing"), Number(job, "malformed")),
                job.GetValueOrDefault("refusal")?.S, chunks)
            {
                Remaining = Number(job, "remaining"), Shards = ShardsOf(job),
            };
    }

    public static string ShardsOf(Dictionary<string, AttributeValue> item) =>
        string.Join(' ', (item.GetValueOrDefault("shards")?.NS ?? []).Select(int.Parse).Order());

    public static long Number(Dictionary<string, AttributeValue> item, string name) =>
        long.Parse(item[name].N, CultureInfo.InvariantCulture);
}

/// <param name="Counts">Of a done chunk, otherwise null.</param>
/// <param name="Reason">Of a failed chunk, otherwise null.</param>
internal sealed record ChunkRecord(string State, ChunkCounts? Counts, string? Reason)
{
    public bool IsDone => State == "done";

    public string Shards { get; init; } = "";

    public static ChunkRecord From(Dictionary<string, AttributeValue> item) => new(
        item["state"].S,
        item.ContainsKey("rows")
            ? new(JobRecord.Number(item, "lines"), JobRecord.Number(item, "rows"), JobRecord.Number(item, "accepted"),
                JobRecord.Number(item, "flagged"), JobRecord.Number(item, "missing"),
                JobRecord.Number(item, "malformed"))
            : null,
        item.GetValueOrDefault("reason")?.S)
    {
        Shards = JobRecord.ShardsOf(item),
    };
}
