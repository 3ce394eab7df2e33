using Isobar.Domain;
using Isobar.Jobs;

namespace Isobar.Api;

/// <summary>A page of jobs.</summary>
/// <param name="Next">The <c>cursor</c> of the next page; absent on the last one.</param>
internal sealed record JobsBody(IReadOnlyList<JobBody> Jobs, string? Next);

/// <summary>A job.</summary>
/// <param name="State">running, finished, incomplete or refused.</param>
/// <param name="Balanced">Whether rows = accepted + flagged + missing + malformed.</param>
/// <param name="Failures">Only in the response for a single job.</param>
/// <param name="Timeline">Only in the response for a single job.</param>
internal sealed record JobBody(
    string Id, string Key, string VersionId, string State, string? Refusal, DateTimeOffset LandedAt, ChunksBody Chunks,
    CountsBody Counts, bool Balanced, IReadOnlyList<FailureBody>? Failures, IReadOnlyList<TimelineBody>? Timeline)
{
    public static JobBody Of(
        JobProgress progress, IReadOnlyList<FailureBody>? failures = null, IReadOnlyList<TimelineBody>? timeline = null)
    {
        var (job, counts) = (progress.Job, progress.Counts);
        return new(
            job.Id, job.Source.Key, job.Source.VersionId, Lower(progress.State), progress.Refusal, job.LandedAt,
            new ChunksBody(progress.Done, progress.Failed, job.Total),
            new CountsBody(progress.Rows, counts.Accepted, counts.Flagged, counts.Missing, counts.Malformed),
            counts.Balance(progress.Rows), failures, timeline);
    }

    public static string Lower(JobState state) => state.ToString().ToLowerInvariant();
}

internal sealed record ChunksBody(int Done, int Failed, int Total);

/// <summary>The rows of the finished chunks, and how many of them came to which outcome.</summary>
internal sealed record CountsBody(long Rows, long Accepted, long Flagged, long Missing, long Malformed);

/// <summary>A failed chunk.</summary>
/// <param name="Start">Its first byte in the object.</param>
/// <param name="End">The byte after its last.</param>
internal sealed record FailureBody(long Start, long End, string Reason);

/// <param name="At">Absent if the time is not known.</param>
/// <param name="What">landed, the kind of an event, or the final state of the job.</param>
/// <param name="Id">The id of what caused the event.</param>
internal sealed record TimelineBody(DateTimeOffset? At, string What, string? Id);

/// <param name="Chunks">How many chunks were sent again.</param>
/// <param name="Summaries">How many of the messages that summarise a finished job were sent again.</param>
internal sealed record RedriveBody(string Job, int Chunks, int Summaries);
