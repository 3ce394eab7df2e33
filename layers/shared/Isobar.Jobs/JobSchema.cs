using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Isobar.Domain;
using static Isobar.Tables.Attributes;

namespace Isobar.Jobs;

/// <summary>
/// The items of the jobs table and their attributes. Partition key <c>job</c>; sort key <c>item</c>, which is
/// <c>job</c>, <c>chunk#&lt;start&gt;</c>, <c>attempt#&lt;start&gt;</c> or <c>event#&lt;kind&gt;#&lt;id&gt;</c>. One
/// more partition lists the jobs: <see cref="JobList"/>.
/// </summary>
internal static class JobSchema
{
    public const string ChunkPrefix = "chunk#";
    public const string EventPrefix = "event#";
    public const string Done = "done";
    public const string Failed = "failed";

    /// <summary>Chunks of a job that are not done: total - done.</summary>
    public const string Remaining = "remaining";

    /// <summary>The set of the shards for which a chunk, or any chunk of a job, has partials.</summary>
    public const string Shards = "shards";

    private static readonly string[] Counters =
        ["done", "failed", "rows", "accepted", "flagged", "missing", "malformed"];

    public static Dictionary<string, AttributeValue> Key(string job, string item) =>
        new() { ["job"] = Text(job), ["item"] = Text(item) };

    public static Dictionary<string, AttributeValue> JobKey(string job) => Key(job, "job");

    public static Dictionary<string, AttributeValue> ChunkKey(string job, long start) =>
        Key(job, $"{ChunkPrefix}{start:D12}");

    public static Dictionary<string, AttributeValue> AttemptKey(ChunkMessage chunk) =>
        Key(chunk.Job, $"attempt#{chunk.Start:D12}");

    public static Dictionary<string, AttributeValue> JobItem(Job job, string? refusal)
    {
        var item = JobKey(job.Id);
        item["bucket"] = Text(job.Source.Bucket);
        item["key"] = Text(job.Source.Key);
        item["versionId"] = Text(job.Source.VersionId);
        item["sequencer"] = Text(job.Source.Sequencer);
        item["total"] = Number(job.Total);
        item["landedAt"] = Text(JobList.Instant(job.LandedAt));
        // The filter of Finalize's event source mapping can compare an attribute with a value, not with another one.
        item[Remaining] = Number(job.Total);
        foreach (var counter in Counters) item[counter] = Number(0);
        if (refusal is not null) item["refusal"] = Text(refusal);
        return item;
    }

    public static Dictionary<string, AttributeValue> DoneItem(
        ChunkMessage chunk, ChunkCounts counts, IReadOnlyList<int> shards)
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
        if (shards.Count > 0) item[Shards] = NumberSet(shards);
        return item;
    }

    public static Dictionary<string, AttributeValue> FailedItem(ChunkMessage chunk, string reason)
    {
        var item = ChunkKey(chunk.Job, chunk.Start);
        item["state"] = Text(Failed);
        item["end"] = Number(chunk.End);
        item["reason"] = Text(reason);
        // With the job's own attributes these make the original message, for a redrive.
        item["length"] = Number(chunk.Length);
        item["gzip"] = new AttributeValue { BOOL = chunk.Gzip };
        return item;
    }

    public static Dictionary<string, AttributeValue> AttemptItem(ChunkMessage chunk, string reason)
    {
        var item = AttemptKey(chunk);
        item["reason"] = Text(reason);
        return item;
    }

    public static Dictionary<string, AttributeValue> EventItem(string job, JobEvent entry)
    {
        var item = Key(job, $"{EventPrefix}{entry.Kind}#{entry.Id}");
        if (entry.At is { } at) item["at"] = Instant(at);
        return item;
    }

    public static JobProgress ReadJob(Dictionary<string, AttributeValue> item) => new(
        new Job(
            item["job"].S,
            new ObjectVersion(item["bucket"].S, item["key"].S, item["versionId"].S, item["sequencer"].S),
            (int)item.Number("total"), JobList.ReadInstant(item["landedAt"].S)),
        item.OptionalText("refusal"),
        (int)item.Number("done"),
        (int)item.Number("failed"),
        item.Number("rows"),
        new JobCounts(
            item.Number("accepted"), item.Number("flagged"), item.Number("missing"), item.Number("malformed")));

    /// <param name="chunk">The chunk's item, or null or empty if there is none.</param>
    public static ChunkState ReadState(Dictionary<string, AttributeValue>? chunk) =>
        chunk?.OptionalText("state") switch
        {
            null => ChunkState.Open,
            Done => ChunkState.Done,
            Failed => ChunkState.Failed,
            var other => throw new InvalidDataException($"A chunk has the unknown state '{other}'."),
        };

    public static FailedChunk ReadFailed(Job job, Dictionary<string, AttributeValue> item) => new(
        new ChunkMessage(
            job.Source, job.Id, long.Parse(item["item"].S[ChunkPrefix.Length..], CultureInfo.InvariantCulture),
            item.Number("end"), item.Number("length"), item["gzip"].BOOL ?? false),
        item["reason"].S);

    public static ChunkPartials ReadPartials(Dictionary<string, AttributeValue> item) => new(
        long.Parse(item["item"].S[ChunkPrefix.Length..], CultureInfo.InvariantCulture), item.ContainsKey(Shards));

    public static JobEvent ReadEvent(Dictionary<string, AttributeValue> item)
    {
        var parts = item["item"].S.Split('#', 3);
        return new JobEvent(
            parts[1],
            parts.ElementAtOrDefault(2) ?? "",
            DateTimeOffset.TryParse(
                item.OptionalText("at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                ? at
                : null);
    }
}
