using Isobar.Local.Edge.Events;
using Isobar.Local.Edge.Stack;

namespace Isobar.Local.Edge.Requests;

/// <summary>Makes the request that goes to the origin: what the policies name, and what CloudFront adds.</summary>
/// <remarks>
/// Source: Amazon CloudFront Developer Guide, "Control origin requests with a policy" and "Request and response
/// behavior for custom origins".
/// </remarks>
internal static class OriginRequests
{
    // What a body can't be read without.
    private static readonly string[] OfBody = ["content-type", "content-encoding", "content-md5"];

    // The distribution sets these, or needs them itself; conditions and ranges are answered from the whole object.
    private static readonly string[] NotForwarded =
    [
        "accept-encoding", "content-length", "cookie", "if-match", "if-modified-since", "if-none-match", "if-range",
        "if-unmodified-since", "range", "te", "transfer-encoding", "via", "x-forwarded-for",
    ];

    /// <param name="stale">What the cache has, grown old; null for nothing.</param>
    public static EventRequest Make(Exchange exchange, DistributionSettings settings, CachedObject? stale)
    {
        var (request, behavior) = (exchange.Request, exchange.Behavior);
        var (cache, forwarding) = (behavior.Cache, behavior.Forwarding);
        var headers = new HeaderMap();
        foreach (var (name, lines) in request.Headers)
            if (IsForwarded(name, exchange)) headers[name] = lines;
        if (!headers.ContainsKey("user-agent")) headers.Set("User-Agent", "Amazon CloudFront");
        if (!headers.ContainsKey("host")) headers.Set("Host", behavior.Origin.Description.DomainName);
        headers.Set("Via", $"1.1 {settings.DomainName} (CloudFront)");
        headers.Set("X-Forwarded-For", request.Headers.First("x-forwarded-for") is { } before
            ? $"{before}, {request.ClientIp}"
            : request.ClientIp);
        if (exchange.Encodings.Length > 0) headers.Set("Accept-Encoding", exchange.Encodings);
        AddCookies(headers, request, cache, forwarding);
        if ((stale?.Validator ?? stale?.ETag) is { } tag) headers.Set("If-None-Match", tag);
        if (stale?.Headers.First("last-modified") is { } modified) headers.Set("If-Modified-Since", modified);
        var queries = Union(cache.Queries, forwarding.Queries);
        return request with
        {
            Headers = headers,
            Querystring = SelectedValues.Queries(request.Querystring, queries),
            Uri = exchange.Uri,
            Body = null,
            Origin = behavior.Origin.Description,
        };
    }

    private static bool IsForwarded(string name, Exchange exchange)
    {
        var (cache, forwarding) = (exchange.Behavior.Cache, exchange.Behavior.Forwarding);
        if (cache.AddedHeaders.Contains(name) || forwarding.AddedHeaders.Contains(name)) return true;
        if (Array.IndexOf(NotForwarded, name) >= 0) return false;
        // A bucket is found by its own name.
        if (name == "host" && exchange.Behavior.Origin.Description.S3 is not null) return false;
        return cache.Headers.Includes(name) || forwarding.Headers.Includes(name)
            || (!exchange.Body.IsEmpty && Array.IndexOf(OfBody, name) >= 0);
    }

    private static void AddCookies(
        HeaderMap headers, EventRequest request, CachePolicy cache, OriginRequestPolicy forwarding)
    {
        var cookies = SelectedValues.Cookies(request.Headers, Union(cache.Cookies, forwarding.Cookies));
        if (cookies.Length > 0) headers.Set("Cookie", cookies);
    }

    private static ValueSelection Union(ValueSelection one, ValueSelection other) => (one, other) switch
    {
        ({ IsNone: true }, _) => other,
        (_, { IsNone: true }) => one,
        ({ IsInverted: false }, { IsInverted: false }) => ValueSelection.Listed(one.Names.Union(other.Names)),
        ({ IsInverted: true }, { IsInverted: true }) => ValueSelection.AllExcept(one.Names.Intersect(other.Names)),
        ({ IsInverted: true }, _) => ValueSelection.AllExcept(one.Names.Except(other.Names)),
        _ => ValueSelection.AllExcept(other.Names.Except(one.Names)),
    };
}
