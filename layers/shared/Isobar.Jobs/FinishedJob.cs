using Amazon.DynamoDBv2.Model;
using Isobar.Domain;
using Isobar.Tables;

namespace Isobar.Jobs;

/// <summary>A job whose chunks are all done.</summary>
/// <param name="Shards">The shards for which it has partials, ascending; empty without an accepted row.</param>
public sealed record FinishedJob(string Id, ObjectVersion Source, IReadOnlyList<int> Shards)
{
    /// <param name="item">An item of the jobs table, as the table's stream shows it.</param>
    /// <returns>Null if it is no job, or one that is not finished, or one that was refused.</returns>
    public static FinishedJob? TryRead(Dictionary<string, AttributeValue> item)
    {
        if (item.OptionalText("item") != "job") return null;
        var progress = JobSchema.ReadJob(item);
        if (progress.State != JobState.Finished) return null;
        var shards = item.OptionalNumberSet(JobSchema.Shards);
        // Otherwise the job is older than the two attributes, and its first chunks may have partials that no set names.
        var isNamed = item.ContainsKey(JobSchema.Remaining) && item.Number(JobSchema.Remaining) == 0;
        if (!isNamed && progress.Counts.Accepted > 0) shards = [.. Enumerable.Range(0, Shard.Count)];
        return new FinishedJob(progress.Job.Id, progress.Job.Source, shards);
    }
}
