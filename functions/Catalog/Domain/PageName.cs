using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Isobar.Catalog;

/// <summary>
/// Which page of the catalogue shows a file: the one that has the file's name without its endings, so
/// <c>csv/by_station/USW00094728.csv</c> and <c>csv.gz/by_station/USW00094728.csv.gz</c> are on page USW00094728.
/// <c>edge/site/catalog.js</c> computes the same names.
/// </summary>
internal static class PageName
{
    private const int MaxLength = 64;
    private const string HashPrefix = "sha256-";

    private static readonly SearchValues<char> PlainCharacters =
        SearchValues.Create("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz");

    /// <returns>
    /// The stem, if it has 1 to 64 ASCII letters, digits, hyphens and underscores; otherwise the prefix and the SHA-256
    /// of its UTF-8, so that every name is short and needs no encoding in a URL.
    /// </returns>
    public static string Of(string key)
    {
        var stem = Stem(key);
        return stem is { Length: > 0 and <= MaxLength } && !stem.AsSpan().ContainsAnyExcept(PlainCharacters)
            ? stem
            : HashPrefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(stem)));
    }

    /// <summary>What is behind the last slash and before the first dot after it.</summary>
    public static string Stem(string key) => key[(key.LastIndexOf('/') + 1)..].Split('.', 2)[0];
}
