using System.Buffers.Binary;

namespace Isobar.Domain;

/// <summary>
/// The bytes of a gzip file as its members need them. The inflater of the base library reads ahead and does not say
/// where a member's deflate data ended, only that it did: within the block that was handed out last. The trailer is
/// found there by its content, which is known by then.
/// </summary>
internal sealed class GzipBody(Stream file) : ForwardStream
{
    private const int TrailerBytes = 8, ChecksumBytes = 4;

    // What is handed out at a time, so that the last block and what follows it always fit in the buffer.
    private const int BlockBytes = 8 * 1024;

    private readonly byte[] buffer = new byte[32 * 1024];

    // Where the last block begins; where it ends, and what was not handed out yet begins; where that ends.
    private int block, start, end;
    private bool fileEnded;

    /// <summary>Whether more deflate data was asked for than the file holds.</summary>
    public bool RanOut { get; private set; }

    /// <summary>One byte of a header.</summary>
    /// <exception cref="InputRefusedException">gzip:truncated.</exception>
    public async ValueTask<byte> ReadHeaderByteAsync(CancellationToken cancellation)
    {
        if (start == end) await FillAsync(start, 1, cancellation);
        if (start == end)
            throw new InputRefusedException(InputReasons.GzipTruncated, "The file ends within a header.");
        return buffer[start++];
    }

    /// <summary>Deflate data, for the inflater.</summary>
    public override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellation = default)
    {
        if (start == end) await FillAsync(start, 1, cancellation);
        var taken = Math.Min(Math.Min(end - start, BlockBytes), destination.Length);
        RanOut = taken == 0;
        buffer.AsSpan(start, taken).CopyTo(destination.Span);
        block = start;
        start += taken;
        return taken;
    }

    /// <summary>Finds the trailer of the member that the inflater has come to the end of, and goes behind it.</summary>
    /// <param name="crc32">The CRC-32 of the member's content.</param>
    /// <param name="length">The length of the member's content modulo 2^32.</param>
    /// <exception cref="InputRefusedException">gzip:crc, gzip:length or gzip:truncated.</exception>
    public async ValueTask PassTrailerAsync(uint crc32, uint length, CancellationToken cancellation)
    {
        await FillAsync(block, TrailerBytes, cancellation);
        start = AfterTrailer(crc32, length);
    }

    /// <summary>Goes to the next member. Zeros may come before it, as tools that write whole blocks leave them.</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="InputRefusedException">gzip:trailing: something else follows.</exception>
    public async ValueTask<bool> FindMemberAsync(CancellationToken cancellation)
    {
        do
        {
            await FillAsync(start, Gzip.MagicBytes, cancellation);
            var padding = buffer.AsSpan(start, end - start).IndexOfAnyExcept((byte)0);
            start = padding < 0 ? end : start + padding;
        }
        while (end - start < Gzip.MagicBytes && !fileEnded);

        if (start == end) return false;
        return Gzip.IsGzip(buffer.AsSpan(start, end - start)) ? true : throw new InputRefusedException(
            InputReasons.GzipTrailing, "What follows a member is neither another member nor zeros.");
    }

    // The inflater asked for the last block, so it took at least one byte of it.
    private int AfterTrailer(uint crc32, uint length)
    {
        Span<byte> trailer = stackalloc byte[TrailerBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, crc32);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[ChecksumBytes..], length);
        var first = Math.Min(block + 1, end);
        var candidates = buffer.AsSpan(first, Math.Min(start + TrailerBytes, end) - first);
        var found = candidates.IndexOf(trailer);
        if (found >= 0) return first + found + TrailerBytes;

        var checksum = candidates.IndexOf(trailer[..ChecksumBytes]);
        if (checksum >= 0 && checksum + TrailerBytes > candidates.Length && fileEnded)
            throw new InputRefusedException(InputReasons.GzipTruncated, "The file ends within a trailer.");
        throw checksum >= 0
            ? new InputRefusedException(
                InputReasons.GzipLength, $"The trailer does not say {length}, a member's content modulo 2^32 bytes.")
            : new InputRefusedException(
                InputReasons.GzipChecksum, $"The trailer does not say {crc32:x8}, the CRC-32 of a member's content.");
    }

    /// <summary>Reads until so many bytes are there that were not handed out, or the file ends.</summary>
    /// <param name="keep">The first byte in the buffer that is still needed.</param>
    private async ValueTask FillAsync(int keep, int count, CancellationToken cancellation)
    {
        if (end - start >= count || fileEnded) return;
        buffer.AsSpan(keep, end - keep).CopyTo(buffer);
        (block, start, end) = (Math.Max(block - keep, 0), start - keep, end - keep);
        while (!fileEnded && end - start < count)
        {
            var read = await file.ReadAsync(buffer.AsMemory(end), cancellation);
            end += read;
            fileEnded = read == 0;
        }
    }
}
