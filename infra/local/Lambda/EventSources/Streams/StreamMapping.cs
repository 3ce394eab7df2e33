using Isobar.Local.Lambda.Control;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.EventSources.Streams;

/// <summary>What only mappings of streams have.</summary>
/// <remarks>Source: AWS Lambda API Reference, CreateEventSourceMapping.</remarks>
internal sealed record StreamSettings(StreamStart Start)
{
    /// <summary>Batches of one shard at a time, 1 to 10; those of one key are never two of them.</summary>
    public int ParallelizationFactor { get; init; } = 1;

    /// <summary>Whether a failed batch is split in two.</summary>
    public bool Bisects { get; init; }

    /// <summary>0 to 10,000; -1 until the records are too old.</summary>
    public int MaximumRetryAttempts { get; init; } = -1;

    /// <summary>60 to 604,800 s; -1 for as long as the stream keeps the records.</summary>
    public int MaximumRecordAgeSeconds { get; init; } = -1;

    /// <summary>1 to 900 s; 0 for none.</summary>
    public int TumblingWindowSeconds { get; init; }

    /// <summary>A queue, topic or bucket; null for none.</summary>
    public Arn? OnFailure { get; init; }
}

/// <summary>An event source mapping that reads a stream, as it was configured.</summary>
/// <param name="Stream">The stream's ARN.</param>
internal sealed record StreamMapping(
    string Uuid,
    Arn Stream,
    ResolvedFunction Function,
    int BatchSize,
    TimeSpan BatchingWindow,
    bool ReportsBatchItemFailures,
    bool Enabled,
    DateTimeOffset LastModified,
    StreamSettings Settings)
    : EventSourceMapping(
        Uuid, Stream, Function, BatchSize, BatchingWindow, ReportsBatchItemFailures, Enabled, LastModified)
{
    /// <summary>What the latest attempt came to, as the API tells it.</summary>
    public string LastProcessingResult { get; init; } = ProcessingResults.None;

    public TimeSpan TumblingWindow => TimeSpan.FromSeconds(Settings.TumblingWindowSeconds);

    public override string ConflictText =>
        $"The event source arn (\" {Stream} \") and function (\" {FunctionName} \") provided mapping already exists. "
        + $"Please update or delete the existing mapping with UUID {Uuid}";
}

/// <summary>The values of LastProcessingResult.</summary>
/// <remarks>Recorded against AWS in November 2025; the third is of the developer guide.</remarks>
internal static class ProcessingResults
{
    public const string None = "No records processed";
    public const string Ok = "OK";
    public const string Failed = "PROBLEM: Function call failed";
}
