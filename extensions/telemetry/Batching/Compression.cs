using System.IO.Compression;

namespace Isobar.Telemetry.Batching;

/// <summary>Compresses batches, which wait compressed.</summary>
internal static class Compression
{
    public static byte[] Gzip(ReadOnlySpan<byte> bytes)
    {
        using var compressed = new MemoryStream(bytes.Length / 4);
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return compressed.ToArray();
    }
}
