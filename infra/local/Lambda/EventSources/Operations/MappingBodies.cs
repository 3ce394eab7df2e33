using System.Text.Json;
using System.Text.Json.Serialization;

namespace Isobar.Local.Lambda.EventSources.Operations;

/// <summary>CreateEventSourceMapping and UpdateEventSourceMapping.</summary>
/// <remarks>
/// Source: AWS Lambda API Reference. Null is not given.
/// </remarks>
internal record EventSourceMappingBody
{
    public string? FunctionName { get; init; }

    public bool? Enabled { get; init; }

    public int? BatchSize { get; init; }

    public int? MaximumBatchingWindowInSeconds { get; init; }

    public IReadOnlyList<string>? FunctionResponseTypes { get; init; }

    public ScalingBody? ScalingConfig { get; init; }

    public FilterBody? FilterCriteria { get; init; }

    public DestinationBody? DestinationConfig { get; init; }

    public bool? BisectBatchOnFunctionError { get; init; }

    public int? ParallelizationFactor { get; init; }

    public int? MaximumRetryAttempts { get; init; }

    public int? MaximumRecordAgeInSeconds { get; init; }

    public int? TumblingWindowInSeconds { get; init; }

    public MetricsBody? MetricsConfig { get; init; }
}

/// <summary>CreateEventSourceMapping.</summary>
internal sealed record CreateEventSourceMappingBody : EventSourceMappingBody
{
    public string? EventSourceArn { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    public string? StartingPosition { get; init; }

    /// <summary>Seconds since 1970.</summary>
    public double? StartingPositionTimestamp { get; init; }
}

internal sealed record ScalingBody(int? MaximumConcurrency);

internal sealed record FilterBody(IReadOnlyList<PatternBody>? Filters);

internal sealed record PatternBody(string? Pattern);

internal sealed record DestinationBody(OnFailureBody? OnFailure);

internal sealed record OnFailureBody(string? Destination);

internal sealed record MetricsBody(IReadOnlyList<string>? Metrics);

/// <summary>The types of these requests.</summary>
[JsonSerializable(typeof(EventSourceMappingBody))]
[JsonSerializable(typeof(CreateEventSourceMappingBody))]
internal sealed partial class MappingJson : JsonSerializerContext
{
    /// <summary>A member that no request type has is refused.</summary>
    public static MappingJson Wire { get; } = new(new JsonSerializerOptions
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    });
}
