namespace Isobar.Domain;

/// <summary>What tells a gzip from a plain file.</summary>
public static class Gzip
{
    internal const int MagicBytes = 2;

    /// <summary>The first two bytes of every member (RFC 1952, section 2.3.1).</summary>
    internal static ReadOnlySpan<byte> Magic => [0x1F, 0x8B];

    /// <summary>The only sign: the first two bytes, whatever the file's name or content type.</summary>
    public static bool IsGzip(ReadOnlySpan<byte> beginning) => beginning.StartsWith(Magic);
}
