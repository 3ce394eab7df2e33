using System.IO.Compression;
using Isobar.Functions.Tests.Domain;

namespace Isobar.Functions.Tests.Simulation;

/// <summary>What a landed object holds.</summary>
internal abstract class Content
{
    /// <summary>Bytes as stored.</summary>
    public abstract long Length { get; }

    public virtual bool IsGzip => false;

    /// <summary>A gzip that no attempt can read to its end.</summary>
    public virtual bool IsBroken => false;

    /// <summary>Every row in it, told independently of the domain.</summary>
    public abstract IReadOnlyList<NaiveRow> Rows { get; }

    /// <summary>Stored bytes from an offset to another.</summary>
    public abstract Stream Read(long from, long to);
}

/// <summary>A plain file in memory.</summary>
internal class PlainContent(byte[] file) : Content
{
    public override long Length => file.Length;

    public override IReadOnlyList<NaiveRow> Rows { get; } = NaiveReader.Rows(file);

    public override Stream Read(long from, long to) =>
        new MemoryStream(file, (int)from, (int)(to - from), writable: false);
}

/// <summary>The same file compressed; broken, its checksum is wrong.</summary>
internal sealed class GzipContent(byte[] file, bool isBroken) : Content
{
    private readonly byte[] stored = Compress(file, isBroken);

    public override long Length => stored.Length;

    public override bool IsGzip => true;

    public override bool IsBroken => isBroken;

    public override IReadOnlyList<NaiveRow> Rows { get; } = NaiveReader.Rows(file);

    public override Stream Read(long from, long to) =>
        new MemoryStream(stored, (int)from, (int)(to - from), writable: false);

    private static byte[] Compress(byte[] file, bool isBroken)
    {
        var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(file);
        // The last 8 bytes are the CRC-32 and the length.
        if (isBroken) bytes.GetBuffer()[bytes.Length - 8] ^= 1;
        return bytes.ToArray();
    }
}
