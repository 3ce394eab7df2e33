using System.Globalization;
using Isobar.Local.Edge.Events;
using Isobar.Local.Edge.Stack;
using Microsoft.Net.Http.Headers;

namespace Isobar.Local.Edge.Requests;

/// <summary>How long the cache keeps what the origin answered.</summary>
/// <remarks>
/// Source: Amazon CloudFront Developer Guide, "Manage how long content stays in the cache (expiration)": s-maxage
/// before max-age before Expires, within the policy's minimum and maximum; no-cache, no-store and private count as the
/// minimum.
/// </remarks>
internal static class Freshness
{
    /// <summary>Errors that are kept only where the origin says how long.</summary>
    /// <remarks>Source: the same guide, "How CloudFront caches HTTP 4xx and 5xx status codes".</remarks>
    private static readonly int[] KeptWhenStated = [400, 403, 412, 415];

    private static readonly int[] KeptAlways = [404, 405, 410, 414, 416, 500, 501, 502, 503, 504];

    /// <param name="errorMinimum">How long an error is kept at least; null for the usual 10 s.</param>
    public static TimeSpan Of(
        int status, HeaderMap headers, TimeToLive policy, DateTimeOffset now, TimeSpan? errorMinimum = null)
    {
        if (policy.Maximum == TimeSpan.Zero) return TimeSpan.Zero;
        var stated = Stated(headers, now);
        if (status >= 400)
        {
            if (!KeptAlways.Contains(status) && !(KeptWhenStated.Contains(status) && stated > TimeSpan.Zero))
                return TimeSpan.Zero;
            var least = errorMinimum ?? TimeSpan.FromSeconds(EdgeLimits.ErrorCachingSeconds);
            return stated > least ? Max(least, Min(stated.Value, policy.Maximum)) : least;
        }

        return stated is { } time ? Max(policy.Minimum, Min(time, policy.Maximum)) : policy.Default;
    }

    /// <returns>Null when the origin says nothing of it.</returns>
    private static TimeSpan? Stated(HeaderMap headers, DateTimeOffset now)
    {
        if (headers.First("cache-control") is { } text && CacheControlHeaderValue.TryParse(text, out var control))
        {
            if (control.NoCache || control.NoStore || control.Private) return TimeSpan.Zero;
            if ((control.SharedMaxAge ?? control.MaxAge) is { } age) return age;
        }

        if (headers.First("expires") is not { } expires) return null;
        const DateTimeStyles Style = DateTimeStyles.AssumeUniversal;
        return DateTimeOffset.TryParse(expires, CultureInfo.InvariantCulture, Style, out var end)
            ? Max(end - now, TimeSpan.Zero)
            : TimeSpan.Zero;
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
