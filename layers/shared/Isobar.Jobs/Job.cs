using Isobar.Domain;

namespace Isobar.Jobs;

/// <summary>The work on one version of one landed object, and how many chunks it has.</summary>
/// <param name="Id">See <see cref="JobId"/>.</param>
/// <param name="Total">Chunks, 0 to <see cref="ChunkPlan.MaxChunks"/>.</param>
/// <param name="LandedAt">When the version was put, as its event says; the same in every delivery.</param>
public sealed record Job(string Id, ObjectVersion Source, int Total, DateTimeOffset LandedAt);

/// <summary>A job with its counters.</summary>
/// <param name="Refusal">Why the object was refused as a whole, or null.</param>
/// <param name="Done">Chunks committed.</param>
/// <param name="Failed">Chunks given up and not committed since.</param>
/// <param name="Rows">Rows of the committed chunks.</param>
public sealed record JobProgress(Job Job, string? Refusal, int Done, int Failed, long Rows, JobCounts Counts)
{
    public JobState State => JobStates.Of(Job.Total, Done, Failed, Refusal);
}

/// <summary>What the table says of a chunk.</summary>
public enum ChunkState
{
    /// <summary>Neither committed nor given up.</summary>
    Open,

    /// <summary>Committed: its counts are in the job's, once.</summary>
    Done,

    /// <summary>Given up after its last receive; a redrive can still complete it.</summary>
    Failed,
}

/// <summary>A chunk that was given up.</summary>
/// <param name="Message">The original message, for a redrive.</param>
/// <param name="Reason">Why its last attempt failed.</param>
public sealed record FailedChunk(ChunkMessage Message, string Reason);

/// <summary>A chunk that has partials of a shard.</summary>
/// <param name="Start">Its first byte, which names its partials (<see cref="ObjectKeys.Partial"/>).</param>
/// <param name="IsCertain">
/// False if the item does not say which shards the chunk has (it was written before items did): the object may not
/// exist.
/// </param>
public sealed record ChunkPartials(long Start, bool IsCertain);

/// <summary>One entry of a job's timeline.</summary>
/// <param name="Kind">What happened, such as <c>imported</c>; without <c>#</c>.</param>
/// <param name="Id">The id of what caused it, such as the import's; without <c>#</c>. Kind and id name the
/// entry.</param>
/// <param name="At">Null where the item does not say.</param>
public sealed record JobEvent(string Kind, string Id, DateTimeOffset? At);

/// <summary>A transaction met other writers on each of its tries.</summary>
public sealed class JobsConflictException(int tries, Exception last)
    : Exception($"The write met other writers {tries} times.", last);

/// <summary>A chunk's job has no item: Intake did not send the chunk's message, or the job has expired.</summary>
public sealed class JobMissingException(string job) : Exception($"The jobs table has no job {job}.");
