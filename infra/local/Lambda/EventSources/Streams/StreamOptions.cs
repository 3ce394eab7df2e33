using Isobar.Local.Services;

namespace Isobar.Local.Lambda.EventSources.Streams;

/// <summary>What a request says about settings that only streams have; null where it says nothing.</summary>
internal sealed record StreamOptions
{
    public string? StartingPosition { get; init; }

    public DateTimeOffset? StartingPositionTimestamp { get; init; }

    public int? ParallelizationFactor { get; init; }

    public bool? BisectBatchOnFunctionError { get; init; }

    public int? MaximumRetryAttempts { get; init; }

    public int? MaximumRecordAgeInSeconds { get; init; }

    public int? TumblingWindowInSeconds { get; init; }

    /// <summary>Whether there is a DestinationConfig.</summary>
    public bool HasDestinationConfig { get; init; }

    /// <summary>The ARN of the on-failure destination; null or empty for none.</summary>
    public string? OnFailure { get; init; }

    /// <summary>The first of the settings that is given; null when none is.</summary>
    public string? FirstGiven =>
        HasDestinationConfig ? "DestinationConfig"
        : StartingPosition is not null ? "StartingPosition"
        : StartingPositionTimestamp is not null ? "StartingPositionTimestamp"
        : ParallelizationFactor is not null ? "ParallelizationFactor"
        : BisectBatchOnFunctionError is not null ? "BisectBatchOnFunctionError"
        : MaximumRetryAttempts is not null ? "MaximumRetryAttempts"
        : MaximumRecordAgeInSeconds is not null ? "MaximumRecordAgeInSeconds"
        : TumblingWindowInSeconds is not null ? "TumblingWindowInSeconds"
        : null;

    /// <summary>What an update wants: where it says nothing, a setting stays.</summary>
    public StreamOptions Over(StreamSettings before) => this with
    {
        StartingPosition = before.Start.Name,
        StartingPositionTimestamp = before.Start.Timestamp,
        ParallelizationFactor = ParallelizationFactor ?? before.ParallelizationFactor,
        BisectBatchOnFunctionError = BisectBatchOnFunctionError ?? before.Bisects,
        MaximumRetryAttempts = MaximumRetryAttempts ?? before.MaximumRetryAttempts,
        MaximumRecordAgeInSeconds = MaximumRecordAgeInSeconds ?? before.MaximumRecordAgeSeconds,
        TumblingWindowInSeconds = TumblingWindowInSeconds ?? before.TumblingWindowSeconds,
        OnFailure = HasDestinationConfig ? OnFailure : before.OnFailure?.ToString(),
    };
}
