using System.Collections.Frozen;

namespace Isobar.Local.Edge.Stack;

/// <summary>The policies that AWS has made, by the ids that a template names them with.</summary>
/// <remarks>
/// Source: Amazon CloudFront Developer Guide, "Use managed cache policies" and "Use managed origin request policies".
/// Those for Elemental and Amplify are not built, nor those with more of CloudFront's headers than are known here.
/// </remarks>
internal static class ManagedPolicies
{
    private static readonly FrozenSet<string> Nothing = FrozenSet<string>.Empty;

    private static readonly TimeToLive Optimized = Seconds(1, 86_400, 31_536_000);

    private static readonly string[] OriginControlled =
        ["host", "origin", "x-http-method-override", "x-http-method", "x-method-override"];

    public static IReadOnlyDictionary<string, CachePolicy> Cache { get; } = new Dictionary<string, CachePolicy>
    {
        // CachingDisabled
        ["4135ea2d-6df8-44a3-9df3-4b5a84be39ad"] = Plain(Seconds(0, 0, 0), compressed: false),
        // CachingOptimized
        ["658327ea-f89d-4fab-a63d-7e88639e58f6"] = Plain(Optimized, compressed: true),
        // CachingOptimizedForUncompressedObjects
        ["b2884449-e4de-46a7-ac36-70bc7f1ddd6d"] = Plain(Optimized, compressed: false),
        // UseOriginCacheControlHeaders
        ["83da9c7e-98b4-4e11-a168-04f0df8e2c65"] = ByOrigin(ValueSelection.None),
        // UseOriginCacheControlHeaders-QueryStrings
        ["4cc15a8a-d715-48a4-82b8-cc0b614638fe"] = ByOrigin(ValueSelection.All),
    };

    public static IReadOnlyDictionary<string, OriginRequestPolicy> OriginRequest { get; } =
        new Dictionary<string, OriginRequestPolicy>
        {
            // AllViewer
            ["216adef6-5c7f-47e4-b989-5492eafa07d3"] =
                new(ValueSelection.All, Nothing, ValueSelection.All, ValueSelection.All),
            // AllViewerExceptHostHeader
            ["b689b0a8-53d0-40ab-baf2-68738e2966ac"] =
                new(ValueSelection.AllExcept(["host"]), Nothing, ValueSelection.All, ValueSelection.All),
            // CORS-CustomOrigin
            ["59781a5b-3903-41f3-afcb-af62929ccde1"] = OfHeaders("origin"),
            // CORS-S3Origin
            ["88a5eaf4-2fd4-4709-b370-b4c650ea3fcf"] =
                OfHeaders("origin", "access-control-request-headers", "access-control-request-method"),
            // HostHeaderOnly
            ["bf0718e1-ba1e-49d1-88b1-f726733018ae"] = OfHeaders("host"),
            // UserAgentRefererHeaders
            ["acba4595-bd28-49b8-b9fe-13317c0390fa"] = OfHeaders("user-agent", "referer"),
        };

    private static CachePolicy Plain(TimeToLive times, bool compressed) => new(
        times, ValueSelection.None, Nothing, ValueSelection.None, ValueSelection.None, compressed, compressed);

    private static CachePolicy ByOrigin(ValueSelection queries) => new(
        Seconds(0, 0, 31_536_000), ValueSelection.Listed(OriginControlled), Nothing, ValueSelection.All, queries,
        AllowsGzip: true, AllowsBrotli: true);

    private static OriginRequestPolicy OfHeaders(params string[] names) =>
        new(ValueSelection.Listed(names), Nothing, ValueSelection.None, ValueSelection.None);

    private static TimeToLive Seconds(int minimum, int usual, int maximum) =>
        new(TimeSpan.FromSeconds(minimum), TimeSpan.FromSeconds(usual), TimeSpan.FromSeconds(maximum));
}
