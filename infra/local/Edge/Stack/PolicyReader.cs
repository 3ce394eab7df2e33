using System.Collections.Frozen;
using Isobar.Local.Deployment;
using Isobar.Local.Edge.Requests;

namespace Isobar.Local.Edge.Stack;

/// <summary>Reads cache policies and origin request policies of a template.</summary>
/// <remarks>
/// Source: AWS CloudFormation Template Reference, AWS::CloudFront::CachePolicy and OriginRequestPolicy.
/// </remarks>
internal static class PolicyReader
{
    private const string ListedBehavior = "whitelist";

    /// <param name="config"><c>CachePolicyConfig</c>.</param>
    public static CachePolicy Cache(PropertyReader config)
    {
        Named(config);
        var times = new TimeToLive(Seconds(config, "MinTTL"), Seconds(config, "DefaultTTL"), Seconds(config, "MaxTTL"));
        if (times.Default < times.Minimum || times.Maximum < times.Default)
            config.Refuse("DefaultTTL", "must be from MinTTL to MaxTTL");
        var key = config.RequiredMap("ParametersInCacheKeyAndForwardedToOrigin");
        var (headers, added) = Headers(key, "none", ListedBehavior);
        if (headers.Includes("accept-encoding"))
            key.Refuse("HeadersConfig", "can't have Accept-Encoding: EnableAcceptEncodingGzip puts it into the key");
        var gzip = key.OptionalBoolean("EnableAcceptEncodingGzip") ?? false;
        return new CachePolicy(
            times, headers, added, Cookies(key), Queries(key), gzip,
            key.OptionalBoolean("EnableAcceptEncodingBrotli") ?? false);
    }

    /// <param name="config"><c>OriginRequestPolicyConfig</c>.</param>
    public static OriginRequestPolicy OriginRequest(PropertyReader config)
    {
        Named(config);
        var (headers, added) = Headers(
            config, "none", ListedBehavior, "allViewer", "allViewerAndWhitelistCloudFront", "allExcept");
        return new OriginRequestPolicy(headers, added, Cookies(config), Queries(config));
    }

    private static void Named(PropertyReader config)
    {
        config.RequiredString("Name");
        config.Inert("Comment", "nothing here shows it");
    }

    private static (ValueSelection Headers, FrozenSet<string> Added) Headers(
        PropertyReader owner, params string[] behaviors)
    {
        var config = owner.RequiredMap("HeadersConfig");
        var behavior = config.RequiredString("HeaderBehavior", behaviors);
        var names = Names(config, behavior, "Headers").Select(name => name.ToLowerInvariant()).ToArray();
        var added = names.Where(ViewerFacts.IsAdded).ToFrozenSet(StringComparer.Ordinal);
        foreach (var name in added.Where(name => !ViewerFacts.IsKnown(name)))
            config.Refuse("Headers", $"can't have {name}: nothing here knows its value");
        var others = names.Where(name => !added.Contains(name)).ToArray();
        if (behavior == "allViewerAndWhitelistCloudFront" && others.Length > 0)
            config.Refuse("Headers", "must be headers that CloudFront adds");
        return (
            behavior switch
            {
                "allViewer" or "allViewerAndWhitelistCloudFront" => ValueSelection.All,
                "allExcept" => ValueSelection.AllExcept(names),
                _ => ValueSelection.Listed(others),
            },
            behavior == "allExcept" ? FrozenSet<string>.Empty : added);
    }

    private static ValueSelection Cookies(PropertyReader owner) =>
        Selection(owner.RequiredMap("CookiesConfig"), "CookieBehavior", "Cookies");

    private static ValueSelection Queries(PropertyReader owner) =>
        Selection(owner.RequiredMap("QueryStringsConfig"), "QueryStringBehavior", "QueryStrings");

    private static ValueSelection Selection(PropertyReader config, string behaviorName, string listName)
    {
        var behavior = config.RequiredString(behaviorName, "none", ListedBehavior, "allExcept", "all");
        var names = Names(config, behavior, listName);
        return behavior switch
        {
            "all" => ValueSelection.All,
            "allExcept" => ValueSelection.AllExcept(names),
            _ => ValueSelection.Listed(names),
        };
    }

    private static IReadOnlyList<string> Names(PropertyReader config, string behavior, string listName)
    {
        var names = config.OptionalStringList(listName) ?? [];
        var takesNames = behavior is ListedBehavior or "allExcept" or "allViewerAndWhitelistCloudFront";
        if (takesNames != names.Count > 0)
            config.Refuse(listName, takesNames ? $"is required with {behavior}" : $"can't be with {behavior}");
        return names;
    }

    private static TimeSpan Seconds(PropertyReader config, string name) =>
        TimeSpan.FromSeconds(config.RequiredInt32(name, 0, int.MaxValue));
}
