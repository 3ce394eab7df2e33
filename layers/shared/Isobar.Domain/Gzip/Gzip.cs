namespace Isobar.Domain;

/// <summary>What tells a gzip from a plain file.</summary>
public static class Gzip
{
    /// <summary>How many bytes tell.</summary>
    internal const int MagicBytes = 2;

    /// <summary>The only sign: its first two bytes (RFC 1952), whatever its name or content type.</summary>
    public static bool IsGzip(ReadOnlySpan<byte> beginning) => beginning.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);
}
