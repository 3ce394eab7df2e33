using System.Collections.Frozen;

namespace Isobar.Local.Edge.Events;

/// <summary>Which headers a function may see, add and change.</summary>
/// <remarks>
/// Source: Amazon CloudFront Developer Guide, "Restrictions on all edge functions", HTTP headers. A read-only header
/// that is added, deleted or changed fails the validation of the result; so says CloudFront's own error text.
/// </remarks>
internal static class HeaderRules
{
    private static readonly FrozenSet<string> Disallowed = Names(
        "connection", "expect", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection",
        "trailer", "upgrade", "x-accel-buffering", "x-accel-charset", "x-accel-limit-rate", "x-accel-redirect",
        "x-amzn-auth", "x-amzn-cf-billing", "x-amzn-cf-id", "x-amzn-cf-xff", "x-amzn-errortype", "x-amzn-fle-profile",
        "x-amzn-header-count", "x-amzn-header-order", "x-amzn-lambda-integration-tag", "x-amzn-requestid", "x-cache",
        "x-forwarded-proto", "x-real-ip");

    private static readonly string[] DisallowedBeginnings = ["x-amz-cf-", "x-edge-"];

    private static readonly Dictionary<string, FrozenSet<string>> ReadOnly = new()
    {
        [EventTypes.ViewerRequest] = Names("cdn-loop", "content-length", "host", "transfer-encoding", "via"),
        [EventTypes.OriginRequest] = Names(
            "accept-encoding", "cdn-loop", "content-length", "if-modified-since", "if-none-match", "if-range",
            "if-unmodified-since", "transfer-encoding", "via"),
        [EventTypes.OriginResponse] = Names("transfer-encoding", "via"),
        [EventTypes.ViewerResponse] =
            Names("warning", "via", "content-length", "content-encoding", "transfer-encoding"),
    };

    // Source: the same guide, "Add custom headers to origin requests": what CloudFront sets or needs itself.
    private static readonly FrozenSet<string> ReservedForOrigins = Names(
        "cache-control", "connection", "content-length", "cookie", "host", "if-match", "if-modified-since",
        "if-none-match", "if-range", "if-unmodified-since", "max-forwards", "pragma", "proxy-authorization",
        "proxy-connection", "range", "request-range", "te", "trailer", "transfer-encoding", "upgrade", "via");

    /// <summary>Whether functions may neither see nor add it.</summary>
    /// <param name="name">In lower case.</param>
    public static bool IsDisallowed(string name)
    {
        if (Disallowed.Contains(name)) return true;
        foreach (var beginning in DisallowedBeginnings)
            if (name.StartsWith(beginning, StringComparison.Ordinal)) return true;
        return false;
    }

    /// <summary>Whether an origin's custom headers may not have it.</summary>
    /// <param name="name">In lower case.</param>
    public static bool IsReservedForOrigins(string name) => ReservedForOrigins.Contains(name);

    /// <param name="eventType">At which event the function ran.</param>
    /// <param name="before">What it was given.</param>
    /// <param name="after">What it returned.</param>
    /// <exception cref="InvalidResultException">The headers break a rule.</exception>
    public static void Check(string eventType, HeaderMap before, HeaderMap after)
    {
        foreach (var name in after.Keys)
            if (IsDisallowed(name))
                throw new InvalidResultException($"The function tried to add the disallowed header {name}.");
        foreach (var name in ReadOnly[eventType])
            if (!before.HasSame(name, after))
                throw new InvalidResultException(
                    $"The function tried to add, delete, or change the read-only header {name}.");
        // CloudFront adds this header itself, after this event; a function may not add it.
        if (eventType == EventTypes.ViewerRequest
            && after.ContainsKey("cloudfront-viewer-country") && !before.ContainsKey("cloudfront-viewer-country"))
            throw new InvalidResultException("The function tried to add the header CloudFront-Viewer-Country.");
    }

    private static FrozenSet<string> Names(params string[] names) => FrozenSet.Create(StringComparer.Ordinal, names);
}
