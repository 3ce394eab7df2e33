using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Isobar.Local.Lambda.EventSources.Operations;

/// <summary>CreateEventSourceMapping and UpdateEventSourceMapping.</summary>
/// <remarks>
/// Source: AWS Lambda API Reference. Null is not given. What only streams have is a member where AWS has a text for it.
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

    public JsonObject? DestinationConfig { get; init; }
}

/// <summary>CreateEventSourceMapping.</summary>
internal sealed record CreateEventSourceMappingBody : EventSourceMappingBody
{
    public string? EventSourceArn { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

internal sealed record ScalingBody(int? MaximumConcurrency);

internal sealed record FilterBody(IReadOnlyList<JsonObject>? Filters);

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
