using Isobar.Domain;

namespace Isobar.Jobs;

/// <summary>
/// Writes jobs and their chunks. Every member is idempotent by job and start, so it may be repeated, duplicated and
/// interrupted at any point.
/// </summary>
public interface IJobWriter
{
    /// <summary>Creates the job with zero counts unless it exists.</summary>
    /// <param name="refusal">Why the object is refused as a whole, or null.</param>
    /// <exception cref="JobsConflictException">Other transactions on the job's item conflicted on each try.</exception>
    Task OpenAsync(Job job, string? refusal, CancellationToken cancellationToken);

    Task<ChunkState> StateAsync(string job, long start, CancellationToken cancellationToken);

    /// <summary>
    /// Adds the chunk's counts and shards to the job's and marks it done, in one transaction, unless it is done
    /// already.
    /// </summary>
    /// <param name="shards">The shards (<see cref="Shard"/>) for which the chunk has partials, each once.</param>
    /// <returns>True if this call did it, false if the chunk was already done.</returns>
    /// <exception cref="JobsConflictException">Other writers conflicted on each try.</exception>
    /// <exception cref="JobMissingException">There is no such job.</exception>
    Task<bool> CommitAsync(
        ChunkMessage chunk, ChunkCounts counts, IReadOnlyList<int> shards, CancellationToken cancellationToken);

    /// <summary>
    /// Records why the latest attempt at a chunk failed. The chunk is not failed yet, because the queue repeats its
    /// message; <see cref="MarkFailedAsync"/> uses the reason.
    /// </summary>
    Task RecordFailedAttemptAsync(ChunkMessage chunk, string reason, CancellationToken cancellationToken);

    /// <summary>
    /// Marks the chunk as failed, with the reason that was recorded last, unless it is done or failed already.
    /// </summary>
    /// <returns>True if this call did it.</returns>
    /// <exception cref="JobsConflictException">Other writers conflicted on each try.</exception>
    /// <exception cref="JobMissingException">There is no such job.</exception>
    Task<bool> MarkFailedAsync(ChunkMessage chunk, CancellationToken cancellationToken);
}

/// <summary>Writes the timelines of jobs.</summary>
public interface IJobTimeline
{
    /// <summary>Adds the entry unless it is there; the job itself may be opened later.</summary>
    /// <param name="details">More about it, as attributes of the item.</param>
    /// <returns>True if this call added it.</returns>
    Task<bool> AddAsync(
        string job, JobEvent entry, IReadOnlyDictionary<string, string> details, CancellationToken cancellationToken);
}
