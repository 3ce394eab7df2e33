using AWS.Lambda.Powertools.Logging;
using Isobar.Domain;
using Isobar.Jobs;

namespace Isobar.DeadLetters;

/// <summary>Records a chunk that failed on its last receive as failed in its job, once.</summary>
public sealed class FailureRecorder(IJobWriter jobs)
{
    /// <returns>False if the chunk was already done or recorded as failed.</returns>
    public async Task<bool> RecordAsync(ChunkMessage chunk, CancellationToken cancellationToken)
    {
        var recorded = await jobs.MarkFailedAsync(chunk, cancellationToken);
        if (recorded)
            Logger.LogWarning("Chunk {start} of job {job} failed on its last attempt", chunk.Start, chunk.Job);
        else
            Logger.LogInformation("Chunk {start} of job {job} is already done or failed", chunk.Start, chunk.Job);
        return recorded;
    }
}
