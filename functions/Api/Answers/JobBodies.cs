using Isobar.Domain;
using Isobar.Jobs;

namespace Isobar.Api;

/// <summary>A page of jobs.</summary>
/// <param name="Next">What to give as <c>cursor</c> for the next page; absent on the last one.</param>
internal sealed record JobsBody(IReadOnlyList<JobBody> Jobs, string? Next);

/// <summary>A job; failures and timeline only where it is asked for alone.</summary>
/// <param name="State">running, finished, incomplete or refused.</param>
internal sealed record JobBody(
    string Id, string Key, string VersionId, string State, string? Refusal, DateTimeOffset LandedAt, ChunksBody Chunks,
    LawBody Law, IReadOnlyList<FailureBody>? Failures, IReadOnlyList<TimelineBody>? Timeline)
{
    public static JobBody Of(
        JobView view, IReadOnlyList<FailureBody>? failures = null, IReadOnlyList<TimelineBody>? timeline = null) => new(
        view.Job.Id, view.Job.Key, view.Job.VersionId, Lower(view.State), view.Refusal, view.Job.LandedAt,
        new ChunksBody(view.Done, view.Failed, view.Job.Total), LawBody.Of(view.Rows, view.Counts), failures, timeline);

    public static string Lower(JobState state) => state.ToString().ToLowerInvariant();
}

internal sealed record ChunksBody(int Done, int Failed, int Total);

/// <summary>The law, and whether it holds: rows = accepted + flagged + missing + malformed.</summary>
internal sealed record LawBody(long Rows, long Accepted, long Flagged, long Missing, long Malformed, bool Holds)
{
    public static LawBody Of(long rows, JobCounts counts) => new(
        rows, counts.Accepted, counts.Flagged, counts.Missing, counts.Malformed, counts.Explain(rows));
}

/// <summary>A chunk that was given up.</summary>
/// <param name="Start">Its first byte in the object.</param>
internal sealed record FailureBody(long Start, long End, string Reason);

/// <param name="At">Absent where nobody noted when.</param>
/// <param name="What">landed; the kind of an event; or the state that the job came to.</param>
/// <param name="Id">Of what caused the event.</param>
internal sealed record TimelineBody(DateTimeOffset? At, string What, string? Id);

/// <param name="Chunks">How many were sent again.</param>
internal sealed record RedriveBody(string Job, int Chunks);
