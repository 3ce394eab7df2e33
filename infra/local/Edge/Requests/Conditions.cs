using Isobar.Local.Edge.Events;
using Microsoft.Net.Http.Headers;

namespace Isobar.Local.Edge.Requests;

/// <summary>Whether a viewer has the object already, so that 304 is the answer.</summary>
/// <remarks>Source: RFC 9110, 13.2.2: If-None-Match, and only without it If-Modified-Since.</remarks>
internal static class Conditions
{
    public static bool AreMet(HeaderMap request, HeaderMap response)
    {
        if (request.First("if-none-match") is { } known) return Knows(known, response.First("etag"));
        return request.First("if-modified-since") is { } since
            && response.First("last-modified") is { } modified
            && HeaderUtilities.TryParseDate(since, out var seen)
            && HeaderUtilities.TryParseDate(modified, out var changed)
            && changed <= seen;
    }

    private static bool Knows(string known, string? etag) =>
        etag is not null
        && EntityTagHeaderValue.TryParse(etag, out var current)
        && EntityTagHeaderValue.TryParseList([known], out var tags)
        && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(current, useStrongComparison: false));
}
