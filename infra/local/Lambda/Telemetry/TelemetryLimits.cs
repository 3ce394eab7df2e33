namespace Isobar.Local.Lambda.Telemetry;

/// <summary>The numbers of the Telemetry API.</summary>
internal static class TelemetryLimits
{
    /// <summary>
    /// Source: Lambda developer guide, "Telemetry API", "Memory usage and buffering": default and most.
    /// </summary>
    public const int MaxItems = 10_000;

    /// <summary>Source: the same table, the least that may be asked for.</summary>
    public const int MinItems = 1_000;

    /// <summary>Source: the same table; bytes, 256 KiB, default and least.</summary>
    public const int MinBytes = 262_144;

    /// <summary>Source: the same table; bytes, 1 MiB.</summary>
    public const int MaxBytes = 1_048_576;

    /// <summary>Source: the same table; milliseconds.</summary>
    public const int DefaultTimeoutMs = 1_000;

    /// <summary>Source: the same table; milliseconds.</summary>
    public const int MinTimeoutMs = 25;

    /// <summary>Source: the same table; milliseconds.</summary>
    public const int MaxTimeoutMs = 30_000;

    /// <summary>Source: the same guide, "Specifying a destination protocol": the Lambda APIs listen there.</summary>
    public const int ReservedPort = 9_001;

    /// <summary>Ours: a subscriber that falls behind keeps this many buffers; then the oldest events go.</summary>
    public const int HeldBuffers = 4;

    /// <summary>Ours: of the events before the first subscription, the newest so many are kept.</summary>
    public const int MaxReplayedItems = 10_000;

    /// <summary>Ours: bytes of those.</summary>
    public const int MaxReplayedBytes = 1_048_576;

    /// <summary>Ours: AWS says "with backoff" and no numbers. Attempts for a batch; then it is dropped.</summary>
    public const int MaxAttempts = 5;

    /// <summary>Ours: time in which a listener must answer, while its process is not stopped.</summary>
    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Ours: the pause before the second attempt; it doubles from one to the next.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Ours: how long a SHUTDOWN event waits for the telemetry before it, of AWS's 2,000 ms.</summary>
    public static readonly TimeSpan FlushBeforeShutdown = TimeSpan.FromMilliseconds(1_000);
}
