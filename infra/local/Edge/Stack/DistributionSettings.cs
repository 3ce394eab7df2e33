namespace Isobar.Local.Edge.Stack;

/// <summary>What the template says about its distribution.</summary>
/// <param name="Id">For example <c>E1ABCDEFGHIJKL</c>.</param>
/// <param name="DomainName">The name that it would have on AWS.</param>
/// <param name="DefaultRootObject">What a request for <c>/</c> means; empty for nothing.</param>
/// <param name="OriginBucket">The bucket that it reads.</param>
/// <param name="OriginRegion">The bucket's Region.</param>
/// <param name="OriginPath">Put before every URI; empty or <c>/…</c> without a slash at its end.</param>
/// <param name="AllowedMethods">Any other gets 403.</param>
/// <param name="Functions">By event type: <c>viewer-request</c>, <c>viewer-response</c>.</param>
internal sealed record DistributionSettings(
    string Id,
    string DomainName,
    string DefaultRootObject,
    string OriginBucket,
    string OriginRegion,
    string OriginPath,
    IReadOnlyList<string> AllowedMethods,
    TimeToLive TimeToLive,
    IReadOnlyDictionary<string, EdgeFunction> Functions);

/// <summary>How long a cache policy keeps objects.</summary>
/// <param name="Default">For objects whose origin says nothing.</param>
internal sealed record TimeToLive(TimeSpan Minimum, TimeSpan Default, TimeSpan Maximum);
