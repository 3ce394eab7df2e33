using System.Collections.Frozen;
using Isobar.Local.Edge.Events;
using Isobar.Local.Edge.Stack;

namespace Isobar.Local.Edge.Requests;

/// <summary>The headers in which CloudFront says what it knows of a viewer.</summary>
/// <remarks>
/// Source: Amazon CloudFront Developer Guide, "Add CloudFront request headers". How CloudFront tells devices apart by
/// their User-Agent is not published. Here, in this order: a television where the User-Agent names one; a tablet where
/// it says iPad or Tablet, or Android without Mobile; a phone where it says Mobi, as browsers' makers recommend to look
/// for; else a desktop. So one device has one kind; CloudFront may say true for two.
/// </remarks>
internal static class ViewerFacts
{
    /// <summary>The one edge location here is in the Region us-east-1; a loopback address has no country.</summary>
    private const string Country = "US";

    private static readonly string[] Televisions =
    [
        "SmartTV", "SMART-TV", "Smart TV", "AppleTV", "Apple TV", "GoogleTV", "Android TV", "HbbTV", "Web0S", "BRAVIA",
    ];

    private static readonly FrozenDictionary<string, (string Key, Func<string, string> Value)> Known =
        new Dictionary<string, (string Key, Func<string, string> Value)>
        {
            ["cloudfront-is-android-viewer"] = ("CloudFront-Is-Android-Viewer", Flag(agent => Says(agent, "Android"))),
            ["cloudfront-is-desktop-viewer"] = ("CloudFront-Is-Desktop-Viewer", Flag(IsDesktop)),
            ["cloudfront-is-ios-viewer"] = ("CloudFront-Is-IOS-Viewer", Flag(IsIos)),
            ["cloudfront-is-mobile-viewer"] = ("CloudFront-Is-Mobile-Viewer", Flag(IsMobile)),
            ["cloudfront-is-smarttv-viewer"] = ("CloudFront-Is-SmartTV-Viewer", Flag(IsTelevision)),
            ["cloudfront-is-tablet-viewer"] = ("CloudFront-Is-Tablet-Viewer", Flag(IsTablet)),
            ["cloudfront-viewer-country"] = ("CloudFront-Viewer-Country", _ => Country),
            ["cloudfront-forwarded-proto"] = ("CloudFront-Forwarded-Proto", _ => "http"),
            ["cloudfront-viewer-http-version"] = ("CloudFront-Viewer-Http-Version", _ => "1.1"),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether it is one of CloudFront's headers.</summary>
    /// <param name="name">In lower case.</param>
    public static bool IsAdded(string name) => name.StartsWith("cloudfront-", StringComparison.Ordinal);

    /// <summary>Whether its value is known here.</summary>
    public static bool IsKnown(string name) => Known.ContainsKey(name);

    /// <summary>The request with the headers that its behavior's policies name; what a viewer wrote there is lost.
    /// </summary>
    public static EventRequest AddTo(EventRequest request, BehaviorSettings behavior)
    {
        var (keyed, forwarded) = (behavior.Cache.AddedHeaders, behavior.Forwarding.AddedHeaders);
        if (keyed.Count == 0 && forwarded.Count == 0) return request;
        var agent = request.Headers.First("user-agent") ?? "";
        var headers = new HeaderMap(request.Headers);
        foreach (var name in keyed) Set(name);
        foreach (var name in forwarded) Set(name);
        return request with { Headers = headers };

        void Set(string name)
        {
            var (key, value) = Known[name];
            headers.Set(key, value(agent));
        }
    }

    private static bool IsTelevision(string agent) => Televisions.Any(name => Says(agent, name));

    private static bool IsTablet(string agent) => !IsTelevision(agent)
        && (Says(agent, "iPad") || Says(agent, "Tablet") || (Says(agent, "Android") && !Says(agent, "Mobi")));

    private static bool IsMobile(string agent) => !IsTelevision(agent) && !IsTablet(agent) && Says(agent, "Mobi");

    private static bool IsDesktop(string agent) => !IsTelevision(agent) && !IsTablet(agent) && !IsMobile(agent);

    private static bool IsIos(string agent) => Says(agent, "iPhone") || Says(agent, "iPad") || Says(agent, "iPod");

    private static bool Says(string agent, string name) => agent.Contains(name, StringComparison.OrdinalIgnoreCase);

    private static Func<string, string> Flag(Func<string, bool> isSo) => agent => isSo(agent) ? "true" : "false";
}
