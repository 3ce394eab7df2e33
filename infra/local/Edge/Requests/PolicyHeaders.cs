using System.Globalization;
using Isobar.Local.Edge.Events;
using Isobar.Local.Edge.Stack;

namespace Isobar.Local.Edge.Requests;

/// <summary>Adds and removes the headers of a response headers policy.</summary>
/// <remarks>
/// Source: Amazon CloudFront Developer Guide, "Understand response headers policies": the allowed methods, headers and
/// the age go to preflight requests, the others to all CORS requests. The guide does not say whether the policy or
/// viewer-response comes earlier; here the function sees what the policy did.
/// </remarks>
internal static class PolicyHeaders
{
    private static readonly string[] OfCors =
    [
        "access-control-allow-origin", "access-control-allow-methods", "access-control-allow-headers",
        "access-control-allow-credentials", "access-control-expose-headers", "access-control-max-age",
    ];

    public static HeaderMap Apply(ResponseHeadersPolicy? policy, EventRequest request, HeaderMap headers)
    {
        if (policy is null) return headers;
        var changed = headers.Where(name => !policy.Removed.Contains(name));
        foreach (var header in policy.Added)
            if (header.Overrides || !changed.ContainsKey(header.Name)) changed.Set(header.Key, header.Value);
        if (policy.Cors is { } cors && request.Headers.First("origin") is { } origin)
            Add(cors, origin, request, changed);
        return changed;
    }

    private static void Add(CorsPolicy cors, string origin, EventRequest request, HeaderMap headers)
    {
        if (!cors.Overrides && OfCors.Any(headers.ContainsKey)) return;
        foreach (var name in OfCors) headers.Remove(name);
        if (!cors.Origins.Any(allowed => Matches(allowed, origin))) return;
        var isAny = cors.AllowsAnyOrigin && !cors.AllowsCredentials;
        headers.Set("Access-Control-Allow-Origin", isAny ? "*" : origin);
        if (!isAny) headers.Add("Vary", "Origin");
        if (cors.AllowsCredentials) headers.Set("Access-Control-Allow-Credentials", "true");
        var isPreflight = HttpMethods.IsOptions(request.Method)
            && request.Headers.ContainsKey("access-control-request-method");
        if (cors.Exposed.Count > 0) headers.Set("Access-Control-Expose-Headers", string.Join(", ", cors.Exposed));
        if (!isPreflight) return;
        if (cors.Methods.Count > 0) headers.Set("Access-Control-Allow-Methods", string.Join(", ", cors.Methods));
        if (cors.Headers.Count > 0) headers.Set("Access-Control-Allow-Headers", string.Join(", ", cors.Headers));
        if (cors.MaxAgeSeconds is { } age)
            headers.Set("Access-Control-Max-Age", age.ToString(CultureInfo.InvariantCulture));
    }

    // An origin has a scheme: a pattern without one is for every scheme.
    private static bool Matches(string pattern, string origin) =>
        Wildcards.Matches(pattern.Contains("://", StringComparison.Ordinal) ? pattern : "*://" + pattern, origin)
        || pattern == "*";
}
