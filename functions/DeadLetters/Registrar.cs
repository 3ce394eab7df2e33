using AWS.Lambda.Powertools.Logging;
using Isobar.Domain;
using Isobar.Jobs;

namespace Isobar.DeadLetters;

/// <summary>Closes the failure loop: a chunk that failed on its last receive is counted in its job, once.</summary>
public sealed class Registrar(IJobs jobs)
{
    /// <summary>What is kept of the timeout to answer for the batch.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    /// <returns>False if the chunk was done, or recorded as failed, before.</returns>
    public async Task<bool> RecordAsync(ChunkMessage chunk, CancellationToken cancellationToken)
    {
        var givenUp = await jobs.GiveUpAsync(chunk, cancellationToken);
        if (givenUp) Logger.LogWarning("Chunk {start} of job {job} given up", chunk.Start, chunk.Job);
        else Logger.LogInformation("Chunk {start} of job {job} is settled already", chunk.Start, chunk.Job);
        return givenUp;
    }
}
