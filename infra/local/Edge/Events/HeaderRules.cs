using System.Collections.Frozen;

namespace Isobar.Local.Edge.Events;

/// <summary>Which headers a function may see, add and change.</summary>
/// <remarks>
/// Source: Amazon CloudFront Developer Guide, "Restrictions on all edge functions", HTTP headers. A read-only header
/// that is added, deleted or changed fails the validation of the result; so says CloudFront's own error text.
/// </remarks>
internal static class HeaderRules
{
    private static readonly FrozenSet<string> Disallowed = FrozenSet.Create(
        StringComparer.Ordinal,
        "connection", "expect", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection",
        "trailer", "upgrade", "x-accel-buffering", "x-accel-charset", "x-accel-limit-rate", "x-accel-redirect",
        "x-amzn-auth", "x-amzn-cf-billing", "x-amzn-cf-id", "x-amzn-cf-xff", "x-amzn-errortype", "x-amzn-fle-profile",
        "x-amzn-header-count", "x-amzn-header-order", "x-amzn-lambda-integration-tag", "x-amzn-requestid", "x-cache",
        "x-forwarded-proto", "x-real-ip");

    private static readonly string[] DisallowedBeginnings = ["x-amz-cf-", "x-edge-"];

    private static readonly FrozenSet<string> ReadOnlyOfRequest = FrozenSet.Create(
        StringComparer.Ordinal, "cdn-loop", "content-length", "host", "transfer-encoding", "via");

    private static readonly FrozenSet<string> ReadOnlyOfResponse = FrozenSet.Create(
        StringComparer.Ordinal, "warning", "via", "content-length", "content-encoding", "transfer-encoding");

    /// <summary>Whether functions may neither see nor add it.</summary>
    /// <param name="name">In lower case.</param>
    public static bool IsDisallowed(string name) =>
        Disallowed.Contains(name)
        || DisallowedBeginnings.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal));

    /// <exception cref="InvalidResultException">The result of a viewer-request breaks a rule.</exception>
    public static void CheckRequest(HeaderMap before, HeaderMap after)
    {
        Check(before, after, ReadOnlyOfRequest);
        // CloudFront adds this header itself, after this event; a function may not add it.
        if (after.ContainsKey("cloudfront-viewer-country") && !before.ContainsKey("cloudfront-viewer-country"))
            throw new InvalidResultException("The function tried to add the header CloudFront-Viewer-Country.");
    }

    /// <exception cref="InvalidResultException">The result of a viewer-response breaks a rule.</exception>
    public static void CheckResponse(HeaderMap before, HeaderMap after) => Check(before, after, ReadOnlyOfResponse);

    /// <exception cref="InvalidResultException">A generated response has a header it may not have.</exception>
    public static void CheckGenerated(HeaderMap headers) => Check(new HeaderMap(), headers, ReadOnlyOfRequest);

    private static void Check(HeaderMap before, HeaderMap after, FrozenSet<string> readOnly)
    {
        if (after.Keys.FirstOrDefault(IsDisallowed) is { } disallowed)
            throw new InvalidResultException($"The function tried to add the disallowed header {disallowed}.");
        if (readOnly.FirstOrDefault(name => !before.HasSame(name, after)) is { } changed)
            throw new InvalidResultException(
                $"The function tried to add, delete, or change the read-only header {changed}.");
    }
}
