using System.IO.Compression;
using System.IO.Pipelines;
using Amazon.Runtime;
using AWS.Lambda.Powertools.Logging;
using AWS.Lambda.Powertools.Metrics;
using Isobar.Domain;
using Isobar.Jobs;

namespace Isobar.Transform;

/// <summary>
/// Reads one chunk, writes its results and commits its counts. The results depend only on the object version and the
/// range, so a repeated or duplicated message writes the same bytes and counts once.
/// </summary>
public sealed class ChunkConverter(ILandedRanges landed, IResults results, IJobWriter jobs)
{
    // A batch has two messages: both notes and the response fit in the time reserved before the timeout.
    private static readonly TimeSpan NoteTimeout = TimeSpan.FromSeconds(2);

    private const int ReadBufferBytes = 256 * 1024;

    /// <remarks>The caller logs the exception; here only its reason is kept, for the job.</remarks>
    public async Task RunAsync(ChunkMessage chunk, CancellationToken cancellationToken)
    {
        try
        {
            if (await jobs.StateAsync(chunk.Job, chunk.Start, cancellationToken) == ChunkState.Done)
                Logger.LogInformation("Chunk {start} of job {job} was done before", chunk.Start, chunk.Job);
            else
                await ConvertAsync(chunk, cancellationToken);
        }
        catch (Exception e)
        {
            await NoteAsync(chunk, ReasonOf(e, cancellationToken));
            throw;
        }
    }

    // The note has a timeout of its own, because the invocation's deadline may be the failure. If it can't be written,
    // the failure itself must still reach the caller.
    private async Task NoteAsync(ChunkMessage chunk, string reason)
    {
        using var timeout = new CancellationTokenSource(NoteTimeout);
        try
        {
            await jobs.NoteFailureAsync(chunk, reason, timeout.Token);
        }
        catch (Exception e)
        {
            Logger.LogWarning(e, "The failure {reason} of chunk {start} of job {job} could not be noted",
                reason, chunk.Start, chunk.Job);
        }
    }

    private async Task ConvertAsync(ChunkMessage chunk, CancellationToken cancellationToken)
    {
        await using var curated = TempFile.Create();
        await using var quarantine = TempFile.Create();
        var result = await ReadAsync(chunk, curated, quarantine, cancellationToken);

        await results.PutAsync(ObjectKeys.Curated(chunk.Job, chunk.Start), curated, cancellationToken);
        await results.PutAsync(ObjectKeys.Quarantine(chunk.Job, chunk.Start), quarantine, cancellationToken);
        foreach (var shard in result.Months.Shards)
        {
            await using var partial = TempFile.Create();
            await PartialsFile.WriteAsync(partial, result.Months, shard, cancellationToken);
            await results.PutAsync(ObjectKeys.Partial(chunk.Job, chunk.Start, shard), partial, cancellationToken);
        }

        // Last: a committed chunk has all of its results.
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
