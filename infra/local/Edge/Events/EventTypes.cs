namespace Isobar.Local.Edge.Events;

/// <summary>The four events at which CloudFront runs a function.</summary>
/// <remarks>Source: Amazon CloudFront Developer Guide, "CloudFront events that can trigger a Lambda@Edge function".
/// </remarks>
internal static class EventTypes
{
    /// <summary>On every request, before the cache is asked.</summary>
    public const string ViewerRequest = "viewer-request";

    /// <summary>Where the cache has no fresh object, before the origin is asked.</summary>
    public const string OriginRequest = "origin-request";

    /// <summary>When the origin has answered, before its answer is kept.</summary>
    public const string OriginResponse = "origin-response";

    /// <summary>Before a viewer gets an answer below 400.</summary>
    public const string ViewerResponse = "viewer-response";

    public static IReadOnlyList<string> All { get; } =
        [ViewerRequest, OriginRequest, OriginResponse, ViewerResponse];

    public static bool IsViewer(string eventType) => eventType is ViewerRequest or ViewerResponse;

    public static bool IsRequest(string eventType) => eventType is ViewerRequest or OriginRequest;
}
