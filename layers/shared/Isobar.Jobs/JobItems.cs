using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Isobar.Domain;

namespace Isobar.Jobs;

/// <summary>The items of the jobs table and the transactions on them: only here are attributes named.</summary>
internal static class JobItems
{
    private const string Done = "done";
    private const string Failed = "failed";

    private static readonly string[] Counters =
        ["done", "failed", "rows", "accepted", "flagged", "missing", "malformed"];

    public static Dictionary<string, AttributeValue> ChunkKey(string job, long start) =>
        Key(job, $"chunk#{start:D12}");

    public static Dictionary<string, AttributeValue> AttemptKey(ChunkMessage chunk) =>
        Key(chunk.Job, $"attempt#{chunk.Start:D12}");

    public static ChunkState StateOf(Dictionary<string, AttributeValue>? chunk) =>
        chunk?.GetValueOrDefault("state")?.S switch
        {
            null => ChunkState.Open,
            Done => ChunkState.Done,
            Failed => ChunkState.Failed,
            var other => throw new InvalidDataException($"A chunk is in state '{other}', which nothing writes."),
        };

    public static string? ReasonOf(Dictionary<string, AttributeValue>? item) => item?.GetValueOrDefault("reason")?.S;

    public static Dictionary<string, AttributeValue> Open(Job job, string? refusal)
    {
        var item = JobKey(job.Id);
        item["bucket"] = Text(job.Bucket);
        item["key"] = Text(job.Key);
        item["versionId"] = Text(job.VersionId);
        item["sequencer"] = Text(job.Sequencer);
        item["total"] = Number(job.Total);
        item["landedAt"] = Text(Listing.Instant(job.LandedAt));
        foreach (var counter in Counters) item[counter] = Number(0);
        if (refusal is not null) item["refusal"] = Text(refusal);
        return item;
    }

    /// <summary>Makes the job one of those that can be listed; putting it again changes nothing.</summary>
    public static Dictionary<string, AttributeValue> Listed(Job job) =>
        Key(Listing.Partition, Listing.Position(job.LandedAt, job.Id));

    public static Dictionary<string, AttributeValue> Attempt(ChunkMessage chunk, string reason)
    {
        var item = AttemptKey(chunk);
        item["reason"] = Text(reason);
        return item;
    }

    public static List<TransactWriteItem> Commit(string table, ChunkMessage chunk, ChunkCounts counts, bool wasFailed)
    {
        var item = ChunkKey(chunk.Job, chunk.Start);
        item["state"] = Text(Done);
        item["end"] = Number(chunk.End);
        item["lines"] = Number(counts.Lines);
        item["rows"] = Number(counts.Rows);
        item["accepted"] = Number(counts.Accepted);
        item["flagged"] = Number(counts.Flagged);
        item["missing"] = Number(counts.Missing);
        item["malformed"] = Number(counts.Malformed);
        return
        [
            PutChunk(table, item, wasFailed),
            // ROWS and MISSING are reserved words.
            AddToJob(table, chunk.Job,
                "ADD done :one, failed :failed, #rows :rows, accepted :accepted, flagged :flagged, "
                    + "#missing :missing, malformed :malformed",
                new()
                {
                    [":one"] = Number(1),
                    [":failed"] = Number(wasFailed ? -1 : 0),
                    [":rows"] = Number(counts.Rows),
                    [":accepted"] = Number(counts.Accepted),
                    [":flagged"] = Number(counts.Flagged),
                    [":missing"] = Number(counts.Missing),
                    [":malformed"] = Number(counts.Malformed),
                },
                new() { ["#rows"] = "rows", ["#missing"] = "missing" }),
        ];
    }

    public static List<TransactWriteItem> GiveUp(string table, ChunkMessage chunk, string reason)
    {
        var item = ChunkKey(chunk.Job, chunk.Start);
        item["state"] = Text(Failed);
        item["end"] = Number(chunk.End);
        item["reason"] = Text(reason);
        // With the job's own attributes these are the whole message, which a redrive sends again.
        item["length"] = Number(chunk.Length);
        item["gzip"] = new AttributeValue { BOOL = chunk.Gzip };
        return
        [
            PutChunk(table, item, wasFailed: false),
            AddToJob(table, chunk.Job, "ADD failed :one", new() { [":one"] = Number(1) }, names: null),
        ];
    }

    /// <summary>Whether a transaction was canceled because its second item, the job, is not there.</summary>
    public static bool JobIsMissing(TransactionCanceledException canceled) =>
        canceled.CancellationReasons is [_, { Code: "ConditionalCheckFailed" }];

    private static TransactWriteItem PutChunk(
        string table, Dictionary<string, AttributeValue> item, bool wasFailed) => new()
    {
        Put = wasFailed
            ? new Put
            {
                TableName = table,
                Item = item,
                ConditionExpression = "#state = :failed",
                ExpressionAttributeNames = new() { ["#state"] = "state" },
                ExpressionAttributeValues = new() { [":failed"] = Text(Failed) },
            }
            : new Put { TableName = table, Item = item, ConditionExpression = "attribute_not_exists(job)" },
    };

    private static TransactWriteItem AddToJob(
        string table, string job, string update, Dictionary<string, AttributeValue> values,
        Dictionary<string, string>? names) => new()
    {
        Update = new Update
        {
            TableName = table,
            Key = JobKey(job),
            UpdateExpression = update,
            ConditionExpression = "attribute_exists(job)",
            ExpressionAttributeValues = values,
            ExpressionAttributeNames = names,
        },
    };

    public static Dictionary<string, AttributeValue> JobKey(string job) => Key(job, "job");

    public static AttributeValue Text(string value) => new() { S = value };

    private static Dictionary<string, AttributeValue> Key(string job, string item) =>
        new() { ["job"] = Text(job), ["item"] = Text(item) };

    private static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };
}
