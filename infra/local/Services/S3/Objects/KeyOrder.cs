namespace Isobar.Local.Services.S3.Objects;

/// <summary>The order of S3's listings: that of the keys' UTF-8 bytes.</summary>
/// <remarks>
/// UTF-16 order differs in one place: surrogates (code points from U+10000) stand below U+E000 to U+FFFF there.
/// Source: Amazon S3 API Reference, ListObjectsV2.
/// </remarks>
internal sealed class KeyOrder : IComparer<string>
{
    public static readonly KeyOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        var (left, right) = (x!, y!);
        var common = left.AsSpan().CommonPrefixLength(right);
        if (common == left.Length || common == right.Length) return left.Length - right.Length;
        return Rank(left[common]) - Rank(right[common]);
    }

    private static int Rank(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
}
