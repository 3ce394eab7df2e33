using System.Globalization;
using System.Text;

namespace Isobar.Local.Edge.Stack;

/// <summary>The form of a path that the patterns of behaviors are compared with.</summary>
/// <remarks>
/// Source: Amazon CloudFront Developer Guide, "Cache behavior settings", path normalization: CloudFront normalizes the
/// path by RFC 3986, which also removes repeated slashes and dot segments, matches the behavior, and then sends the
/// path to the origin as the viewer wrote it. The guide does not say what comes first; here slashes come before dots.
/// </remarks>
internal static class NormalizedPath
{
    private const int EscapeCharacters = 3;

    /// <param name="path">As it is on the request line, without the query string; begins with a slash.</param>
    public static string Of(string path)
    {
        var decoded = path.Contains('%') ? Decoded(path) : path;
        return decoded.Contains("//", StringComparison.Ordinal) || decoded.Contains("/.", StringComparison.Ordinal)
            ? WithoutDots(decoded)
            : decoded;
    }

    /// <summary>Writes every escape with upper case digits; one of an unreserved character becomes the character.
    /// </summary>
    /// <remarks>Source: RFC 3986, sections 6.2.2.1 and 6.2.2.2; what is no escape stays as it is.</remarks>
    private static string Decoded(string path)
    {
        var text = new StringBuilder(path.Length);
        for (var at = 0; at < path.Length; at++)
        {
            if (Escape(path, at) is not { } character)
            {
                text.Append(path[at]);
                continue;
            }

            if (char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_' or '~') text.Append(character);
            else text.Append(path.AsSpan(at, EscapeCharacters).ToString().ToUpperInvariant());
            at += EscapeCharacters - 1;
        }

        return text.ToString();
    }

    private static char? Escape(string path, int at) =>
        path[at] == '%' && at + EscapeCharacters <= path.Length
        && byte.TryParse(
            path.AsSpan(at + 1, EscapeCharacters - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
            out var value)
            ? (char)value
            : null;

    /// <remarks>Source: RFC 3986, section 5.2.4.</remarks>
    private static string WithoutDots(string path)
    {
        var kept = new List<string>();
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (var segment in segments)
        {
            if (segment == ".") continue;
            if (segment != "..") kept.Add(segment);
            else if (kept.Count > 0) kept.RemoveAt(kept.Count - 1);
        }

        if (kept.Count == 0) return "/";
        var isFolder = path[^1] == '/' || segments[^1] is "." or "..";
        return "/" + string.Join('/', kept) + (isFolder ? "/" : "");
    }
}
