using Isobar.Local.Lambda.Control;

namespace Isobar.Local.Lambda.EventSources;

/// <summary>The numbers of event source mappings.</summary>
/// <remarks>
/// Source, unless a member says otherwise: AWS Lambda Developer Guide, "Using Lambda with Amazon SQS".
/// </remarks>
internal static class MappingLimits
{
    public const int DefaultBatchSize = 10;

    public const int MaxBatchSize = 10_000;

    public const int MaxWindowSeconds = 300;

    public const int MinMaximumConcurrency = 2;

    public const int MaxMaximumConcurrency = 1_000;

    /// <summary>Batches at a time when a mapping starts.</summary>
    public const int InitialConcurrency = 5;

    /// <summary>Batches at a time without MaximumConcurrency.</summary>
    public const int MaxConcurrency = 1_250;

    /// <summary>
    /// AWS adds up to 300 a minute while messages wait: here 5 after each second of being fully used.
    /// </summary>
    public const int ConcurrencyStep = 5;

    public static readonly TimeSpan ConcurrencyStepTime = TimeSpan.FromSeconds(1);

    /// <summary>Function errors take concurrency back, down to this.</summary>
    public const int LeastConcurrency = 2;

    /// <summary>
    /// The first wait before a throttled batch is tried again; it doubles up to <see cref="LastBackoff"/>.
    /// </summary>
    /// <remarks>This host's numbers: AWS says only that it retries with a backoff.</remarks>
    public static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan LastBackoff = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of records in one invocation: what it takes, less what stands around the records.</summary>
    public const int MaxBatchBytes = LambdaLimits.MaxSynchronousPayloadBytes - 1_024;

    /// <summary>Filters of one mapping; AWS allows 10 on request.</summary>
    /// <remarks>Source: AWS Lambda Developer Guide, "Control which events Lambda sends to your function".</remarks>
    public const int MaxFilters = 5;

    /// <summary>Records of a batch of a stream, unless the mapping says otherwise.</summary>
    /// <remarks>Source: AWS Lambda API Reference, CreateEventSourceMapping; the next four as well.</remarks>
    public const int DefaultStreamBatchSize = 100;

    public const int MaxParallelizationFactor = 10;

    public const int MaxRetryAttempts = 10_000;

    public const int MinRecordAgeSeconds = 60;

    public const int MaxRecordAgeSeconds = 604_800;

    public const int MaxTumblingWindowSeconds = 900;

    /// <summary>Bytes of a tumbling window's state; a larger one ends the window.</summary>
    /// <remarks>Source: AWS Lambda Developer Guide, "Using tumbling windows"; the next as well.</remarks>
    public const int MaxWindowStateBytes = 1024 * 1024;

    /// <summary>How long after its end a window waits for records, where none of a later window comes.</summary>
    public static readonly TimeSpan WindowGrace = TimeSpan.FromMinutes(2);

    /// <summary>Mappings of an account. This host's bound: each holds a reader.</summary>
    public const int MaxMappings = 1_000;
}
