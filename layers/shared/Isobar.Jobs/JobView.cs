using Isobar.Domain;

namespace Isobar.Jobs;

/// <summary>A job as its record says.</summary>
/// <param name="Refusal">Why the object was refused as a whole, or null.</param>
/// <param name="Done">Chunks committed.</param>
/// <param name="Failed">Chunks given up and not committed since.</param>
/// <param name="Rows">Rows of the committed chunks.</param>
public sealed record JobView(Job Job, string? Refusal, int Done, int Failed, long Rows, JobCounts Counts)
{
    public JobState State => JobStates.Of(Job.Total, Done, Failed, Refusal);
}

/// <summary>A page of jobs, the newest first.</summary>
/// <param name="Next">Where the next page begins; null on the last one.</param>
public sealed record JobsPage(IReadOnlyList<JobView> Jobs, JobsCursor? Next);

/// <summary>A chunk that was given up.</summary>
/// <param name="Message">What it was read by, to be sent again.</param>
/// <param name="Reason">Why its last attempt failed.</param>
public sealed record FailedChunk(ChunkMessage Message, string Reason);

/// <summary>Something that happened to a job besides its chunks.</summary>
/// <param name="At">When; null where its record does not say.</param>
/// <param name="What">Its kind, such as <c>imported</c>.</param>
/// <param name="Id">Of what caused it, such as the import.</param>
public sealed record JobEvent(DateTimeOffset? At, string What, string Id);
