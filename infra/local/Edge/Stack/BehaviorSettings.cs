namespace Isobar.Local.Edge.Stack;

/// <summary>How requests for some paths are answered.</summary>
/// <param name="AllowedMethods">Any other gets 403.</param>
/// <param name="CachedMethods">Answers to others are not kept.</param>
/// <param name="Forwarding">What goes to the origin beside the cache key.</param>
/// <param name="ResponseHeaders">Null for none.</param>
/// <param name="Compress">Whether objects are compressed for viewers that accept it.</param>
/// <param name="Functions">By event type.</param>
internal sealed record BehaviorSettings(
    PathPattern Pattern,
    OriginSettings Origin,
    IReadOnlyList<string> AllowedMethods,
    IReadOnlyList<string> CachedMethods,
    CachePolicy Cache,
    OriginRequestPolicy Forwarding,
    ResponseHeadersPolicy? ResponseHeaders,
    bool Compress,
    IReadOnlyDictionary<string, FunctionAssociation> Functions)
{
    /// <summary>What the template says, for the API to show; null for a behavior of no template.</summary>
    public BehaviorDescription? Description { get; init; }
}

/// <param name="ViewerProtocolPolicy">For example <c>redirect-to-https</c>.</param>
/// <param name="OriginRequestPolicyId">Null for none.</param>
/// <param name="ResponseHeadersPolicyId">Null for none.</param>
internal sealed record BehaviorDescription(
    string ViewerProtocolPolicy, string CachePolicyId, string? OriginRequestPolicyId, string? ResponseHeadersPolicyId);

/// <summary>A function at an event.</summary>
/// <param name="IncludesBody">Whether the event has the request's body.</param>
internal sealed record FunctionAssociation(EdgeFunction Function, bool IncludesBody);
