using System.Buffers;

namespace Isobar.Local.Edge.Invalidations;

/// <summary>A path of an invalidation: one object's, or with <c>*</c> at its end that of all that begin so.</summary>
/// <remarks>
/// Source: Amazon CloudFront Developer Guide, "What you need to know when invalidating files": the slash, the length,
/// the wildcard's place, letters in upper and lower case, the query string. Characters that are not ASCII or unsafe by
/// RFC 1738 must be percent-encoded; others must not, or the object stays: an escape is compared as it is written.
/// </remarks>
internal static class InvalidationPath
{
    public const int MaxCharacters = 4_000;

    private const int EscapeCharacters = 3;

    // RFC 1738, section 2.2, without % itself, and without ~, which viewers send as it is (RFC 3986).
    private static readonly SearchValues<char> Unsafe = SearchValues.Create(" <>\"#{}|\\^[]`");

    public static bool HasWildcard(string path) => path.EndsWith('*');

    public static bool IsValid(string path)
    {
        if (path.Length is 0 or > MaxCharacters || path[0] != '/') return false;
        if (path.IndexOf('*') is var star && star >= 0 && star < path.Length - 1) return false;
        if (path.AsSpan().ContainsAny(Unsafe) || path.Any(character => character is < '!' or > '~')) return false;
        for (var at = path.IndexOf('%'); at >= 0; at = path.IndexOf('%', at + 1))
            if (!IsEscape(path, at)) return false;
        return true;
    }

    /// <summary>The path with the digits of its escapes in upper case: they are the same in lower case.</summary>
    public static string Comparable(string path)
    {
        if (!path.Contains('%')) return path;
        return string.Create(path.Length, path, static (text, path) =>
        {
            path.CopyTo(text);
            for (var at = 0; at < text.Length; at++)
            {
                if (!IsEscape(path, at)) continue;
                text[at + 1] = char.ToUpperInvariant(text[at + 1]);
                text[at + 2] = char.ToUpperInvariant(text[at + 2]);
            }
        });
    }

    private static bool IsEscape(string path, int at) =>
        path[at] == '%' && at + EscapeCharacters <= path.Length
        && char.IsAsciiHexDigit(path[at + 1]) && char.IsAsciiHexDigit(path[at + 2]);
}
