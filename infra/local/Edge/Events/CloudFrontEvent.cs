using System.Text.Json.Serialization;

namespace Isobar.Local.Edge.Events;

/// <summary>The event that a Lambda@Edge function is given.</summary>
/// <remarks>Source: Amazon CloudFront Developer Guide, "Lambda@Edge event structure".</remarks>
internal sealed record CloudFrontEvent([property: JsonPropertyName("Records")] IReadOnlyList<EventRecord> Records)
{
    public static CloudFrontEvent Of(EventConfig config, EventRequest request, EventResponse? response = null) =>
        new([new EventRecord(new EventContent(config, request, response))]);
}

internal sealed record EventRecord(EventContent Cf);

internal sealed record EventContent(
    EventConfig Config,
    EventRequest Request,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] EventResponse? Response);

internal sealed record EventConfig(
    string DistributionDomainName, string DistributionId, string EventType, string RequestId);

/// <param name="Querystring">Without its question mark; empty for none.</param>
/// <param name="Uri">The path as the viewer sent it, without the query string.</param>
internal sealed record EventRequest(
    string ClientIp, HeaderMap Headers, string Method, string Querystring, string Uri)
{
    /// <summary>Only where the association includes it, and the request has one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EventBody? Body { get; init; }

    /// <summary>Only at the origin's events.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EventOrigin? Origin { get; init; }
}

/// <param name="InputTruncated">Whether the body is longer than a function sees.</param>
/// <param name="Action"><c>read-only</c>, or <c>replace</c> in a result.</param>
/// <param name="Encoding"><c>base64</c>, or <c>text</c> in a result.</param>
internal sealed record EventBody(bool InputTruncated, string Action, string Encoding, string Data);

/// <param name="Status">Three digits, as text.</param>
internal sealed record EventResponse(HeaderMap Headers, string Status, string StatusDescription);
