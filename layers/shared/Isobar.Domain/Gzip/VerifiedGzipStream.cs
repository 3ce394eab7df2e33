using System.IO.Compression;

namespace Isobar.Domain;

/// <summary>
/// Decompresses a gzip and vouches for it: its end is reported only after checksum, length and the end of the file
/// have been found right. GZipStream reports an end on truncated files too and ignores what follows the data.
/// Exactly one member is accepted. Asynchronous reads only; memory is constant.
/// </summary>
/// <param name="file">The compressed file from its first byte; not closed here.</param>
/// <param name="maxContentBytes">Decompressed bytes after which the file is refused.</param>
public sealed class VerifiedGzipStream(Stream file, long maxContentBytes = ChunkPlan.MaxContentBytes) : ForwardStream
{
    private readonly GzipBody body = new(file);
    private DeflateStream? inflater;
    private Crc32 crc32;
    private long length;
    private bool verified;

    /// <summary>Reads decompressed content; 0 means its end and that everything was right.</summary>
    /// <exception cref="InputRefusedException">One of the <c>gzip:</c> reasons. What was read before is not to be
    /// trusted either.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellation = default)
    {
        if (verified || destination.IsEmpty) return 0;
        if (inflater is null)
        {
            await GzipHeader.SkipAsync(body, cancellation);
            inflater = new DeflateStream(body, CompressionMode.Decompress);
        }

        int read;
        try
        {
            read = await inflater.ReadAsync(destination, cancellation);
        }
        catch (InvalidDataException broken)
        {
            throw new InputRefusedException(InputReasons.GzipData, broken.Message);
        }

        if (read == 0) Verify();
        crc32.Append(destination.Span[..read]);
        length += read;
        if (length > maxContentBytes)
        {
            throw new InputRefusedException(
                InputReasons.GzipContent, $"The content is longer than {maxContentBytes} bytes.");
        }

        return read;
    }

    private void Verify()
    {
        if (body.AskedForMore)
            throw new InputRefusedException(InputReasons.GzipTruncated, "The file ends within its compressed data.");
        if (!body.LastByteTaken)
            throw new InputRefusedException(InputReasons.GzipTrailing, "The file goes on after its first member.");

        var (crc32, length) = body.Trailer;
        if (crc32 != this.crc32.Value)
        {
            throw new InputRefusedException(
                InputReasons.GzipChecksum,
                $"The content has CRC-32 {this.crc32.Value:x8}, the trailer says {crc32:x8}.");
        }

        if (length != (uint)this.length)
        {
            throw new InputRefusedException(
                InputReasons.GzipLength, $"The content has {this.length} bytes, the trailer says {length}.");
        }

        verified = true;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) inflater?.Dispose();
        base.Dispose(disposing);
    }
}
