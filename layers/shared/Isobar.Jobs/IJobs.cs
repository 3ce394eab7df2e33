using Isobar.Domain;

namespace Isobar.Jobs;

/// <summary>What is known of a chunk.</summary>
public enum ChunkState
{
    /// <summary>Neither committed nor given up.</summary>
    Open,

    /// <summary>Committed: its counts are in the job's, once.</summary>
    Done,

    /// <summary>Given up after its last receive; a redrive can still complete it.</summary>
    Failed,
}

/// <summary>
/// The records of jobs and their chunks. Every member is idempotent by (job, start), so it may be repeated, duplicated
/// and interrupted at any step.
/// </summary>
public interface IJobs
{
    /// <summary>Creates the job's record with zero counts unless it exists.</summary>
    /// <param name="refusal">Why the object is refused as a whole, or null.</param>
    /// <exception cref="JobsConflictException">Transactions on the record kept it from being opened.</exception>
    Task OpenAsync(Job job, string? refusal, CancellationToken cancellationToken);

    Task<ChunkState> StateAsync(string job, long start, CancellationToken cancellationToken);

    /// <summary>
    /// Adds the chunk's counts to the job's and marks it done, in one transaction, unless it is done already.
    /// </summary>
    /// <returns>True if this call did it, false if it was done before.</returns>
    /// <exception cref="JobsConflictException">Other writers kept the transaction from going through.</exception>
    /// <exception cref="JobMissingException">The job was never opened.</exception>
    Task<bool> CommitAsync(ChunkMessage chunk, ChunkCounts counts, CancellationToken cancellationToken);

    /// <summary>Notes why the latest attempt failed; the note counts for nothing until the chunk is given up.</summary>
    Task NoteFailureAsync(ChunkMessage chunk, string reason, CancellationToken cancellationToken);

    /// <summary>Marks the chunk as failed with the reason noted last, unless it is done or failed already.</summary>
    /// <returns>True if this call did it.</returns>
    /// <exception cref="JobsConflictException">Other writers kept the transaction from going through.</exception>
    /// <exception cref="JobMissingException">The job was never opened.</exception>
    Task<bool> GiveUpAsync(ChunkMessage chunk, CancellationToken cancellationToken);
}

/// <summary>One version of one landed object, and how many chunks it has.</summary>
/// <param name="Id">See <see cref="JobId"/>.</param>
/// <param name="Sequencer">Orders the versions of one key.</param>
/// <param name="Total">Chunks, 0 to <see cref="ChunkPlan.MaxChunks"/>.</param>
/// <param name="LandedAt">When the version was put, as its event says: every delivery of it says the same.</param>
public sealed record Job(
    string Id, string Bucket, string Key, string VersionId, string Sequencer, int Total, DateTimeOffset LandedAt);

/// <summary>A write met other writers on each of its tries.</summary>
public sealed class JobsConflictException(int tries, Exception last)
    : Exception($"The write met other writers {tries} times.", last);

/// <summary>A chunk belongs to a job that has no record: its message does not come from Intake.</summary>
public sealed class JobMissingException(string job) : Exception($"Job {job} has no record.");
