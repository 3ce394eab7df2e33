namespace Isobar.Local.Services.EventBridge;

/// <summary>Every number of the service; those that tests shrink are properties.</summary>
/// <remarks>Source, unless said otherwise: Amazon EventBridge quotas; Amazon EventBridge API Reference.</remarks>
internal sealed record EventBridgeLimits
{
    /// <summary>The largest sum of a request's entries, in bytes: 1 MB since January 2026.</summary>
    public const int MaxEntriesBytes = 1_048_576;

    /// <summary>What the time of an entry adds to its size, in bytes.</summary>
    /// <remarks>Source: Amazon EventBridge User Guide, "Calculating PutEvents event entry size".</remarks>
    public const int TimeBytes = 14;

    public const int MaxEntries = 10;

    /// <summary>The largest request body, in bytes: 1 MiB of detail whose every byte JSON may write as six.</summary>
    /// <remarks>A choice of this host.</remarks>
    public const int MaxRequestBytes = 8 * 1_048_576;

    public const int MaxTargetsPerRule = 5;

    public const int MaxNameLength = 64;

    /// <summary>Characters of an event bus's name.</summary>
    public const int MaxBusNameLength = 256;

    public const int MaxDescriptionLength = 512;

    /// <summary>Characters of a ScheduleExpression.</summary>
    public const int MaxScheduleLength = 256;

    /// <summary>
    /// Times of one schedule that fire at once when the host comes late for them: a day of minutes, and a little.
    /// </summary>
    /// <remarks>A choice of this host.</remarks>
    public const int MaxLateFirings = 1_500;

    /// <summary>Characters of an event pattern.</summary>
    public const int MaxPatternLength = 4_096;

    /// <summary>Characters of a target's Input, and of an InputTemplate.</summary>
    public const int MaxInputLength = 8_192;

    /// <summary>Characters of an InputPath.</summary>
    public const int MaxInputPathLength = 256;

    public const int MaxInputPaths = 100;

    public const int MaxListResults = 100;

    public const int MaxBuses = 100;

    public const int MaxRulesPerBus = 300;

    /// <summary>How often a delivery is tried again, unless the target says otherwise; also the maximum.</summary>
    public const int MaxRetryAttempts = 185;

    /// <summary>How old an event may be at an attempt, unless the target says otherwise; also the maximum.</summary>
    public static readonly TimeSpan MaxEventAge = TimeSpan.FromDays(1);

    public static readonly TimeSpan MinEventAge = TimeSpan.FromMinutes(1);

    /// <summary>The pause before the second attempt; each that follows is twice as long.</summary>
    /// <remarks>A choice of this host: AWS says "exponential back off and jitter".</remarks>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <remarks>A choice of this host: with it, 185 retries take 24 hours, as AWS says.</remarks>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(8);

    /// <summary>Deliveries that are not made yet.</summary>
    /// <remarks>A limit of this host; AWS has none.</remarks>
    public int MaxPendingDeliveries { get; init; } = 100_000;

    /// <summary>The payloads of those, in bytes.</summary>
    /// <remarks>A choice of this host.</remarks>
    public long MaxPendingBytes { get; init; } = 268_435_456;
}
