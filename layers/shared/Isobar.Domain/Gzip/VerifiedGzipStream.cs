using System.IO.Compression;

namespace Isobar.Domain;

/// <summary>
/// Decompresses a gzip and vouches for it: its end is reported only after checksum and length of every member and the
/// end of the file were found right. GZipStream ends early on some truncated files and ignores what follows the data.
/// Asynchronous reads only; memory is constant.
/// </summary>
/// <param name="file">The compressed file from its first byte; not closed here.</param>
/// <param name="maxContentBytes">Decompressed bytes, of all members together, after which the file is refused.</param>
/// <remarks>
/// Members follow each other, as <c>cat</c> of two gzip files makes them (RFC 1952, section 2.2). As in gzip(1), zeros
/// from a member to the end of the file are padding. Anything else is refused, where gzip(1) warns and leaves it out.
/// </remarks>
public sealed class VerifiedGzipStream(Stream file, long maxContentBytes = ChunkPlan.MaxContentBytes) : ForwardStream
{
    private readonly GzipBody body = new(file);
    private DeflateStream? inflater;
    private Crc32 crc32;
    private long memberLength, length;
    private bool begun, verified;

    /// <summary>Reads decompressed content; 0 means its end and that everything was right.</summary>
    /// <exception cref="InputRefusedException">One of the <c>gzip:</c> reasons. What was read before is not to be
    /// trusted either.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellation = default)
    {
        if (destination.IsEmpty) return 0;
        while (!verified)
        {
            if (inflater is null)
            {
                await BeginMemberAsync(cancellation);
                continue;
            }

            var read = await InflateAsync(destination, cancellation);
            if (read > 0) return read;
            body.PassTrailer(crc32.Value, (uint)memberLength);
            await inflater.DisposeAsync();
            inflater = null;
        }

        return 0;
    }

    // The file's first bytes are a member's, whatever they are; behind it there may be none.
    private async ValueTask BeginMemberAsync(CancellationToken cancellation)
    {
        if (begun && !await body.FindMemberAsync(cancellation))
        {
            verified = true;
            return;
        }

        begun = true;
        await GzipHeader.SkipAsync(body, cancellation);
        inflater = new DeflateStream(body, CompressionMode.Decompress, leaveOpen: true);
        crc32 = default;
        memberLength = 0;
    }

    private async ValueTask<int> InflateAsync(Memory<byte> destination, CancellationToken cancellation)
    {
        int read;
        try
        {
            read = await inflater!.ReadAsync(destination, cancellation);
        }
        catch (InvalidDataException broken)
        {
            throw body.RanOut ? Truncated() : new InputRefusedException(InputReasons.GzipData, broken.Message);
        }

        if (read == 0 && body.RanOut) throw Truncated();
        crc32.Append(destination.Span[..read]);
        memberLength += read;
        length += read;
        return length <= maxContentBytes ? read : throw new InputRefusedException(
            InputReasons.GzipContent, $"The content is longer than {maxContentBytes} bytes.");
    }

    private static InputRefusedException Truncated() =>
        new(InputReasons.GzipTruncated, "The file ends within its compressed data.");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) inflater?.Dispose();
        base.Dispose(disposing);
    }
}
