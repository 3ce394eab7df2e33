using System.Globalization;
using Isobar.Local.Edge.Events;
using Microsoft.Net.Http.Headers;

namespace Isobar.Local.Edge.Requests;

/// <summary>The part of an object that a viewer asked for.</summary>
/// <param name="Length">Zero where no byte of the object is in it: 416.</param>
/// <param name="Whole">Bytes of the whole object.</param>
/// <remarks>
/// Source: Amazon CloudFront Developer Guide, "How CloudFront processes partial requests for an object (range GETs)": a
/// range that is not valid gets the whole object with 200. So do several ranges here.
/// </remarks>
internal readonly record struct ByteRange(long Start, long Length, long Whole)
{
    /// <summary>The value of <c>Content-Range</c>.</summary>
    public string Text => Length == 0
        ? string.Create(CultureInfo.InvariantCulture, $"bytes */{Whole}")
        : string.Create(CultureInfo.InvariantCulture, $"bytes {Start}-{Start + Length - 1}/{Whole}");

    /// <returns>Null for the whole object.</returns>
    public static ByteRange? Of(EventRequest request, CachedObject found, long? whole)
    {
        if (whole is not { } length || found.Status != StatusCodes.Status200OK || !HttpMethods.IsGet(request.Method)
            || request.Headers.First("range") is not { } text
            || !RangeHeaderValue.TryParse(text, out var header) || header.Unit != "bytes" || header.Ranges.Count != 1
            || !IsCurrent(request.Headers.First("if-range"), found.Headers))
            return null;
        var range = header.Ranges.First();
        if (range.From is not { } from)
        {
            var last = Math.Min(range.To ?? 0, length);
            return new ByteRange(length - last, last, length);
        }

        var end = Math.Min(range.To ?? long.MaxValue, length - 1);
        return from >= length ? new ByteRange(0, 0, length) : new ByteRange(from, end - from + 1, length);
    }

    // A weak tag says nothing of the bytes.
    private static bool IsCurrent(string? condition, HeaderMap headers) =>
        condition is null
        || (condition.StartsWith('"') && condition == headers.First("etag"))
        || condition == headers.First("last-modified");
}
