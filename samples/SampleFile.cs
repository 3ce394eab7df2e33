using System.IO.Compression;
using System.Text;

namespace Isobar.Samples;

/// <summary>How a file is stored.</summary>
public enum Storage
{
    /// <summary>As it is.</summary>
    Plain,

    /// <summary>Gzipped.</summary>
    Gzip,

    /// <summary>Gzipped, with a wrong checksum in the trailer.</summary>
    BrokenGzip,
}

/// <summary>A file and the counts of what was planted in it.</summary>
public sealed record SampleFile(byte[] Content, Storage Storage, Expectation Expected)
{
    /// <summary>The bytes to store.</summary>
    public byte[] ToStored()
    {
        if (Storage == Storage.Plain) return Content;
        var stored = new MemoryStream();
        using (var gzip = new GZipStream(stored, CompressionLevel.SmallestSize)) gzip.Write(Content);
        var bytes = stored.ToArray();

        // RFC 1952: the last eight bytes are the CRC-32 and the length.
        if (Storage == Storage.BrokenGzip) bytes[^8] ^= 0xFF;
        return bytes;
    }
}

/// <summary>Writes a file line by line and counts what it plants.</summary>
public sealed class SampleWriter(string name, Storage storage, string lineEnd)
{
    private readonly MemoryStream content = new();
    private readonly SortedDictionary<string, int> flagged = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> malformed = new(StringComparer.Ordinal);
    private int accepted, missing, lines;

    public void ByteOrderMark() => content.Write("\uFEFF"u8);

    /// <summary>A header at offset 0, or a blank line: no row.</summary>
    public void NoRow(string line) => Write(line);

    public void Accepted(string row)
    {
        accepted++;
        Write(row);
    }

    public void Missing(string row)
    {
        missing++;
        Write(row);
    }

    public void Flagged(string row, char flag)
    {
        flagged[flag.ToString()] = flagged.GetValueOrDefault(flag.ToString()) + 1;
        Write(row);
    }

    public void Malformed(string row, string reason) => Malformed(Encoding.UTF8.GetBytes(row), reason);

    public void Malformed(byte[] row, string reason)
    {
        malformed[reason] = malformed.GetValueOrDefault(reason) + 1;
        Write(row);
    }

    /// <summary>Removes the last line end, so that the file's last row has none.</summary>
    public void DropLastLineEnd() => content.SetLength(content.Length - lineEnd.Length);

    public SampleFile ToFile()
    {
        var rows = accepted + missing + flagged.Values.Sum() + malformed.Values.Sum();
        var failure = storage == Storage.BrokenGzip ? "gzip:crc" : null;
        var expected = new Expectation(name, lines, rows, accepted, flagged, missing, malformed, failure);
        return new(content.ToArray(), storage, expected);
    }

    private void Write(string line) => Write(Encoding.UTF8.GetBytes(line));

    private void Write(byte[] line)
    {
        lines++;
        content.Write(line);
        content.Write(Encoding.ASCII.GetBytes(lineEnd));
    }
}
