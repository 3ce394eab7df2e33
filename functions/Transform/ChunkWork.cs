using System.IO.Compression;
using System.IO.Pipelines;
using Amazon.Runtime;
using AWS.Lambda.Powertools.Logging;
using AWS.Lambda.Powertools.Metrics;
using Isobar.Domain;
using Isobar.Jobs;

namespace Isobar.Transform;

/// <summary>
/// One chunk from its message to its commit. Everything it writes depends on the object version and the range alone,
/// so a repeat, a duplicate and a half-done predecessor all end in the same bytes and one commit.
/// </summary>
public sealed class ChunkWork(ILandedRanges landed, IResults results, IJobs jobs)
{
    /// <summary>What is kept of the timeout: enough to note a failure and to answer for the batch.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    /// <summary>For one note, so that those of a batch of two leave time for the answer.</summary>
    private static readonly TimeSpan NotePatience = TimeSpan.FromSeconds(2);

    private const int ReadBufferBytes = 256 * 1024;

    public async Task RunAsync(ChunkMessage chunk, CancellationToken cancellationToken)
    {
        try
        {
            if (await jobs.StateAsync(chunk.Job, chunk.Start, cancellationToken) == ChunkState.Done)
                Logger.LogInformation("Chunk {start} of job {job} is done already", chunk.Start, chunk.Job);
            else
                await ConvertAsync(chunk, cancellationToken);
        }
        catch (Exception e)
        {
            var reason = ReasonOf(e, cancellationToken);
            Logger.LogError(e, "Chunk {start} of job {job} failed: {reason}", chunk.Start, chunk.Job, reason);
            await NoteAsync(chunk, reason);
            throw;
        }
    }

    // A note that cannot be written must not hide the failure that it is about. The deadline, which may have passed,
    // does not end it: the margin is there for it.
    private async Task NoteAsync(ChunkMessage chunk, string reason)
    {
        using var patience = new CancellationTokenSource(NotePatience);
        try
        {
            await jobs.NoteFailureAsync(chunk, reason, patience.Token);
        }
        catch (Exception e)
        {
            Logger.LogError(e, "Why chunk {start} of job {job} failed could not be noted", chunk.Start, chunk.Job);
        }
    }

    private async Task ConvertAsync(ChunkMessage chunk, CancellationToken cancellationToken)
    {
        await using var curated = Spool.Create();
        await using var quarantine = Spool.Create();
        var result = await ReadAsync(chunk, curated, quarantine, cancellationToken);

        await results.PutAsync(ObjectKeys.Curated(chunk.Job, chunk.Start), curated, cancellationToken);
        await results.PutAsync(ObjectKeys.Quarantine(chunk.Job, chunk.Start), quarantine, cancellationToken);
        foreach (var shard in result.Months.Shards)
        {
            await using var partial = Spool.Create();
            await PartialsFile.WriteAsync(partial, result.Months, shard, cancellationToken);
            await results.PutAsync(ObjectKeys.Partial(chunk.Job, chunk.Start, shard), partial, cancellationToken);
        }

        // Last, because the commit says that everything above is there.
        if (!await jobs.CommitAsync(chunk, result.Counts, cancellationToken))
        {
            Logger.LogInformation("Chunk {start} of job {job} was done meanwhile", chunk.Start, chunk.Job);
            return;
        }

        Logger.LogInformation(
            "Chunk {start} of job {job} done: {rows} rows", chunk.Start, chunk.Job, result.Counts.Rows);
        Metrics.AddMetric("RowsAccepted", result.Counts.Accepted, MetricUnit.Count);
        Metrics.AddMetric("RowsQuarantined", result.Counts.Flagged + result.Counts.Malformed, MetricUnit.Count);
    }

    private async Task<ChunkResult> ReadAsync(
        ChunkMessage chunk, Stream curated, Stream quarantine, CancellationToken cancellationToken)
    {
        await using var stored = await landed.OpenAsync(chunk, cancellationToken);
        await using var content = chunk.Gzip ? new VerifiedGzipStream(stored) : stored;
        var reader = PipeReader.Create(
            content, new StreamPipeReaderOptions(bufferSize: ReadBufferBytes, leaveOpen: true));
        ChunkResult result;
        await using (var compressed = new GZipStream(curated, CompressionLevel.Fastest, leaveOpen: true))
            result = await ChunkReader.ReadAsync(reader, chunk.Range, compressed, quarantine, cancellationToken);
        await reader.CompleteAsync();
        return result;
    }

    private static string ReasonOf(Exception e, CancellationToken deadline) => e switch
    {
        InputRefusedException refused => refused.Reason,
        OperationCanceledException when deadline.IsCancellationRequested => "timeout",
        JobsConflictException => "conflict",
        AmazonServiceException { ErrorCode: { Length: > 0 } code } => code,
        _ => e.GetType().Name,
    };
}
