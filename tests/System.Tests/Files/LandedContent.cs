using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Isobar.Stories.Files;

/// <summary>Contents of files to land.</summary>
internal static class LandedContent
{
    /// <summary>Bytes in a chunk of a plain file (application.md, Intake).</summary>
    public const int ChunkBytes = 8 << 20;

    private static readonly byte[] Row = "USW00094728,20140103,PRCP,74,,,W,2400\n"u8.ToArray();

    /// <summary>
    /// Good rows and blank lines up to <paramref name="at"/>, where <paramref name="piece"/> begins, then more good
    /// rows into the next chunk.
    /// </summary>
    /// <returns>The bytes, and how many good rows are around the piece.</returns>
    public static (byte[] Bytes, int Rows) Around(int at, ReadOnlySpan<byte> piece, int rowsAfter = 100)
    {
        var content = new MemoryStream();
        var before = at / Row.Length;
        for (var row = 0; row < before; row++) content.Write(Row);
        while (content.Length < at) content.WriteByte((byte)'\n');
        content.Write(piece);
        for (var row = 0; row < rowsAfter; row++) content.Write(Row);
        return (content.ToArray(), before + rowsAfter);
    }

    public static byte[] Garbage(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        // Not a gzip, which is a garbage of its own.
        bytes[0] = (byte)'#';
        return bytes;
    }

    public static byte[] Gzip(ReadOnlySpan<byte> content)
    {
        var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(content);
        return file.ToArray();
    }

    /// <summary>A gzip of one enormous line, some thousand times larger than its file.</summary>
    public static byte[] GzipOfOneLine(long length)
    {
        var file = new MemoryStream();
        using var gzip = new GZipStream(file, CompressionLevel.SmallestSize, leaveOpen: true);
        var block = new byte[1 << 20];
        for (var left = length; left > 0; left -= block.Length)
            gzip.Write(block.AsSpan(0, (int)Math.Min(left, block.Length)));
        gzip.Dispose();
        return file.ToArray();
    }

    /// <summary>One byte more than Intake takes of a gzip; what is behind its header doesn't matter.</summary>
    public static byte[] GzipOverTheLimit()
    {
        var file = new byte[(64 << 20) + 1];
        BinaryPrimitives.WriteUInt32BigEndian(file, 0x1F8B0800);
        return file;
    }

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
