using System.Globalization;
using Amazon.DynamoDBv2.Model;
using Isobar.Domain;

namespace Isobar.Jobs;

/// <summary>The items of the jobs table, read: the other half of <see cref="JobItems"/>.</summary>
internal static class JobReading
{
    public static JobView Job(Dictionary<string, AttributeValue> item) => new(
        new Job(
            item["job"].S, item["bucket"].S, item["key"].S, item["versionId"].S, item["sequencer"].S,
            (int)Number(item, "total"), Listing.ReadInstant(item["landedAt"].S)),
        item.GetValueOrDefault("refusal")?.S,
        (int)Number(item, "done"),
        (int)Number(item, "failed"),
        Number(item, "rows"),
        new JobCounts(
            Number(item, "accepted"), Number(item, "flagged"), Number(item, "missing"), Number(item, "malformed")));

    public static FailedChunk Failed(Job job, Dictionary<string, AttributeValue> item) => new(
        new ChunkMessage(
            job.Bucket, job.Key, job.VersionId, job.Id, Start(item["item"].S), Number(item, "end"),
            Number(item, "length"), item["gzip"].BOOL ?? false, job.Sequencer),
        item["reason"].S);

    public static JobEvent Event(Dictionary<string, AttributeValue> item)
    {
        var parts = item["item"].S.Split('#', 3);
        return new JobEvent(
            DateTimeOffset.TryParse(
                item.GetValueOrDefault("at")?.S, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
                out var at) ? at : null,
            parts[1],
            parts.ElementAtOrDefault(2) ?? "");
    }

    private static long Start(string chunk) => long.Parse(chunk.Split('#')[1], CultureInfo.InvariantCulture);

    private static long Number(Dictionary<string, AttributeValue> item, string name) =>
        long.Parse(item[name].N, CultureInfo.InvariantCulture);
}
