using System.Collections.Frozen;
using System.IO.Compression;
using Isobar.Local.Edge.Events;

namespace Isobar.Local.Edge.Requests;

/// <summary>Compresses objects before they are kept, once for each set of encodings that viewers accept.</summary>
/// <remarks>Source: Amazon CloudFront Developer Guide, "Serve compressed files", for types, sizes and ETag.</remarks>
internal static class Compression
{
    private const int LeastBytes = 1_000;
    private const int MostBytes = 10_000_000;
    private const int BrotliQuality = 5;
    private const int BrotliWindow = 22;

    private static readonly FrozenSet<string> Types = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "application/dash+xml", "application/eot", "application/font", "application/font-sfnt",
        "application/javascript", "application/json", "application/opentype", "application/otf",
        "application/pkcs7-mime", "application/protobuf", "application/rss+xml", "application/truetype",
        "application/ttf", "application/vnd.apple.mpegurl", "application/vnd.mapbox-vector-tile",
        "application/vnd.ms-fontobject", "application/wasm",
        "application/xhtml+xml", "application/xml", "application/x-font-opentype", "application/x-font-truetype",
        "application/x-font-ttf", "application/x-httpd-cgi", "application/x-javascript", "application/x-mpegurl",
        "application/x-opentype", "application/x-otf", "application/x-perl", "application/x-ttf", "font/eot",
        "font/opentype", "font/otf", "font/ttf", "image/svg+xml", "text/css", "text/csv", "text/html",
        "text/javascript", "text/js", "text/plain", "text/richtext", "text/tab-separated-values", "text/xml",
        "text/x-component", "text/x-java-source", "text/x-script", "vnd.apple.mpegurl");

    /// <param name="found">What the origin answered, whole; it must have said how long it is.</param>
    /// <returns>The same where the viewer accepts nothing, or CloudFront would not compress it.</returns>
    public static CachedObject Apply(Exchange exchange, CachedObject found)
    {
        if (!exchange.Behavior.Compress || exchange.Encodings.Length == 0) return found;
        if (found.Status is not (200 or 403 or 404) || found.Body.Length is < LeastBytes or > MostBytes
            || !found.Headers.ContainsKey("content-length") || found.Headers.ContainsKey("content-encoding")
            || !Types.Contains(TypeOf(found.Headers)))
            return found;
        var isBrotli = exchange.Encodings.StartsWith(AcceptedEncodings.Brotli, StringComparison.Ordinal);
        var headers = new HeaderMap(found.Headers);
        headers.Remove("content-length");
        headers.Set("Content-Encoding", isBrotli ? AcceptedEncodings.Brotli : AcceptedEncodings.Gzip);
        if (headers.First("vary")?.Contains("Accept-Encoding", StringComparison.OrdinalIgnoreCase) != true)
            headers.Add("Vary", "Accept-Encoding");
        if (headers.First("etag") is { } tag)
        {
            if (tag.StartsWith('"')) headers.Set("ETag", "W/" + tag);
            else if (!tag.StartsWith("W/", StringComparison.Ordinal)) headers.Remove("etag");
        }

        return found with
        {
            Headers = headers,
            Body = isBrotli ? Brotli(found.Body.Span) : Gzip(found.Body.Span),
            // The origin knows its own tag.
            Validator = found.ETag,
        };
    }

    private static string TypeOf(HeaderMap headers)
    {
        var type = headers.First("content-type") ?? "";
        var end = type.IndexOf(';');
        return (end < 0 ? type : type[..end]).Trim();
    }

    private static byte[] Brotli(ReadOnlySpan<byte> body)
    {
        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(body.Length)];
        BrotliEncoder.TryCompress(body, compressed, out var length, BrotliQuality, BrotliWindow);
        return compressed[..length];
    }

    private static byte[] Gzip(ReadOnlySpan<byte> body)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(body);
        return compressed.ToArray();
    }
}
