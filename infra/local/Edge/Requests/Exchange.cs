using Isobar.Local.Edge.Events;
using Isobar.Local.Edge.Stack;

namespace Isobar.Local.Edge.Requests;

/// <summary>A viewer's request on its way, after viewer-request.</summary>
/// <param name="Request">With the headers that CloudFront adds.</param>
/// <param name="Uri">Of the object: after the default root object.</param>
/// <param name="Body">Empty for none.</param>
internal sealed record Exchange(
    BehaviorSettings Behavior, string RequestId, EventRequest Request, string Uri, ReadOnlyMemory<byte> Body)
{
    public bool IsHead { get; } = HttpMethods.IsHead(Request.Method);

    /// <summary>Whether an answer may be kept; a HEAD is answered from what a GET left.</summary>
    public bool IsCacheable { get; } = Behavior.CachedMethods.Contains(Request.Method) && !Behavior.Cache.IsDisabled;

    /// <summary>What of the encodings that the policy tells apart the viewer accepts: empty, <c>gzip</c>, <c>br</c> or
    /// <c>br,gzip</c>.</summary>
    public string Encodings { get; } = AcceptedEncodings.Of(Request.Headers, Behavior.Cache);

    /// <summary>The cache key.</summary>
    public CacheKey Key => key ??= CacheKey.Of(this);

    private CacheKey? key;
}
