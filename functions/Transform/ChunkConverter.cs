using System.IO.Compression;
using System.IO.Pipelines;
using Amazon.Runtime;
using AWS.Lambda.Powertools.Logging;
using AWS.Lambda.Powertools.Metrics;
using Isobar.Domain;
using Isobar.Functions;
using Isobar.Jobs;

namespace Isobar.Transform;

/// <summary>
/// Converts one chunk: reads its byte range of the landed file, writes the results to the data bucket and adds the
/// counts to the job. The results depend only on the object version and the range, so a repeated or duplicated message
/// writes the same bytes, and its counts are added once.
/// </summary>
public sealed class ChunkConverter(ILandedRanges landed, IResults results, IJobWriter jobs)
{
    // Timeout for recording one failed attempt. A batch has at most two messages, so recording both failures and
    // responding fit in the time that Deadline reserves before the function's timeout.
    private static readonly TimeSpan RecordTimeout = TimeSpan.FromSeconds(2);

    private const int ReadBufferBytes = 256 * 1024;

    /// <remarks>
    /// A failure is recorded in the jobs table and thrown again. It is not logged here, because the caller logs it.
    /// </remarks>
    public async Task RunAsync(ChunkMessage chunk, CancellationToken cancellationToken)
    {
        try
        {
            if (await jobs.StateAsync(chunk.Job, chunk.Start, cancellationToken) == ChunkState.Done)
                Logger.LogInformation("Chunk {start} of job {job} is already done", chunk.Start, chunk.Job);
            else
                await ConvertAsync(chunk, cancellationToken);
        }
        catch (Exception e)
        {
            await RecordFailureAsync(chunk, ReasonOf(e, cancellationToken));
            throw;
        }
    }

    // Does not use the invocation's cancellation token: the failure may be that this token was cancelled. An exception
    // from here is only logged, because the caller must receive the original one.
    private async Task RecordFailureAsync(ChunkMessage chunk, string reason)
    {
        using var timeout = new CancellationTokenSource(RecordTimeout);
        try
        {
            await jobs.RecordFailedAttemptAsync(chunk, reason, timeout.Token);
        }
        catch (Exception e)
        {
            Logger.LogWarning(e, "The failure {reason} of chunk {start} of job {job} could not be recorded",
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
        var shards = result.Months.Shards;
        foreach (var shard in shards)
        {
            await using var partial = TempFile.Create();
            await PartialsFile.WriteAsync(partial, result.Months, shard, cancellationToken);
            await results.PutAsync(ObjectKeys.Partial(chunk.Job, chunk.Start, shard), partial, cancellationToken);
        }

        // The commit comes last, so that every chunk marked as done has all of its results.
        if (!await jobs.CommitAsync(chunk, result.Counts, shards, cancellationToken))
        {
            Logger.LogInformation("Chunk {start} of job {job} was committed by another attempt meanwhile",
                chunk.Start, chunk.Job);
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
