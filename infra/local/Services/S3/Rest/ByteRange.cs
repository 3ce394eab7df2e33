using System.Globalization;

namespace Isobar.Local.Services.S3.Rest;

/// <summary>The range of bytes of an object that an answer holds.</summary>
/// <param name="Offset">Of the first byte.</param>
/// <param name="Length">In bytes.</param>
/// <param name="IsPart">Whether it was asked for, so that the status is 206 even if it is everything.</param>
internal readonly record struct ByteRange(long Offset, long Length, bool IsPart)
{
    /// <summary>Reads a Range header of one range; anything else is ignored, as RFC 9110 requires.</summary>
    /// <exception cref="Wire.AwsException">InvalidRange: well-formed, but not a byte of it exists.</exception>
    /// <remarks>Source: RFC 9110, section 14.2; Amazon S3 API Reference, GetObject (one range a request).</remarks>
    public static ByteRange Of(string? header, long size)
    {
        var all = new ByteRange(0, size, IsPart: false);
        if (header is null || !header.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase)) return all;
        if (header["bytes=".Length..].Split('-') is not [var first, var last]) return all;
        if (first.Length == 0)
        {
            if (!TryRead(last, out var count)) return all;
            if (count == 0 || size == 0) throw S3Errors.InvalidRange(header, size);
            var length = Math.Min(count, size);
            return new ByteRange(size - length, length, IsPart: true);
        }

        var end = long.MaxValue;
        if (!TryRead(first, out var start) || (last.Length > 0 && !TryRead(last, out end)) || end < start) return all;
        if (start >= size) throw S3Errors.InvalidRange(header, size);
        return new ByteRange(start, Math.Min(end, size - 1) - start + 1, IsPart: true);
    }

    private static bool TryRead(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
