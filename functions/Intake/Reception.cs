using AWS.Lambda.Powertools.Logging;
using Isobar.Chunks;
using Isobar.Domain;
using Isobar.Jobs;

namespace Isobar.Intake;

/// <summary>Makes of a landed object a job and its chunks. Repeating it repeats the messages, never the job.</summary>
/// <param name="chunkBytes">Bytes in a chunk of a plain file.</param>
public sealed class Reception(
    ILandedObjects landed, IJobs jobs, IChunkQueue chunks, long chunkBytes = ChunkPlan.ChunkBytes)
{
    /// <summary>What is kept of the timeout to end in good order.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(2);

    public async Task<AcceptedJob> ReceiveAsync(LandedObject source, CancellationToken cancellationToken)
    {
        var content = await landed.HeadAsync(source, cancellationToken);
        var plan = ChunkPlan.For(content.Length, content.IsGzip, chunkBytes);
        var id = JobId.From(source.Bucket, source.Key, source.VersionId);
        var job = new Job(
            id, source.Bucket, source.Key, source.VersionId, source.Sequencer, plan.Chunks.Count, source.At);

        // The job comes before its chunks: a chunk is committed to a job that exists.
        await jobs.OpenAsync(job, plan.Refusal, cancellationToken);
        await chunks.SendAsync(
            [.. plan.Chunks.Select(chunk => new ChunkMessage(
                source.Bucket, source.Key, source.VersionId, id, chunk.Start, chunk.End, content.Length,
                content.IsGzip, source.Sequencer))],
            cancellationToken);

        if (plan.Refusal is { } refusal)
            Logger.LogWarning("Job {job} refused: {key} is {reason}", id, source.Key, refusal);
        else
            Logger.LogInformation("Job {job} opened: {key} in {chunks} chunks", id, source.Key, plan.Chunks.Count);
        return new AcceptedJob(
            id, source.Bucket, source.Key, source.VersionId, source.Sequencer, plan.Chunks.Count, plan.Refusal);
    }
}
