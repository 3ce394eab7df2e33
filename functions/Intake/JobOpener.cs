using AWS.Lambda.Powertools.Logging;
using Isobar.Chunks;
using Isobar.Domain;
using Isobar.Jobs;

namespace Isobar.Intake;

/// <summary>
/// Opens the job of a landed object and sends its chunks. A repeated event sends the messages again and leaves the job
/// as it is.
/// </summary>
/// <param name="chunkBytes">Bytes in a chunk of a plain file.</param>
public sealed class JobOpener(
    ILandedObjects landed, IJobWriter jobs, IChunkQueue chunks, long chunkBytes = ChunkPlan.ChunkBytes)
{
    public async Task<AcceptedJob> OpenAsync(Landing landing, CancellationToken cancellationToken)
    {
        var source = landing.Source;
        var content = await landed.HeadAsync(source, cancellationToken);
        var plan = ChunkPlan.For(content.Length, content.IsGzip, chunkBytes);
        var id = JobId.From(source.Bucket, source.Key, source.VersionId);

        // The job first: a chunk can only be committed to a job that exists.
        await jobs.OpenAsync(new Job(id, source, plan.Chunks.Count, landing.At), plan.Refusal, cancellationToken);
        await chunks.SendAsync(
            [.. plan.Chunks.Select(chunk => new ChunkMessage(
                source, id, chunk.Start, chunk.End, content.Length, content.IsGzip))],
            cancellationToken);

        if (plan.Refusal is { } refusal)
            Logger.LogWarning("Job {job} refused: {key} is {reason}", id, source.Key, refusal);
        else
            Logger.LogInformation("Job {job} opened: {key} in {chunks} chunks", id, source.Key, plan.Chunks.Count);
        return new AcceptedJob(id, source, plan.Chunks.Count, plan.Refusal);
    }
}
