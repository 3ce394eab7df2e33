using System.Buffers.Binary;

namespace Isobar.Domain;

/// <summary>
/// The bytes of a gzip file as its members need them. The inflater of the base library reads ahead and does not say
/// where a member's deflate data ended. It may end where a trailer's length later another member begins, or the file
/// ends. The byte before such a place is handed out alone, so that an inflater that finishes with it finished there.
/// </summary>
internal sealed class GzipBody(Stream file) : ForwardStream
{
    private const int TrailerBytes = 8, ChecksumBytes = 4;

    // What must be there behind the bytes that are handed out: a trailer, and what another member begins with.
    private const int LookaheadBytes = TrailerBytes + Gzip.MagicBytes;

    private readonly byte[] buffer = new byte[32 * 1024];

    // Where the last block begins; where it ends, and what was not handed out yet begins; where that ends.
    private int block, start, end;
    private bool isPossibleEnd, fileEnded;

    /// <summary>Whether more deflate data was asked for than the file holds.</summary>
    public bool RanOut { get; private set; }

    /// <summary>One byte of a header.</summary>
    /// <exception cref="InputRefusedException">gzip:truncated.</exception>
    public async ValueTask<byte> ReadHeaderByteAsync(CancellationToken cancellation)
    {
        await FillAsync(1, cancellation);
        if (start == end)
            throw new InputRefusedException(InputReasons.GzipTruncated, "The file ends within a header.");
        return buffer[start++];
    }

    /// <summary>Deflate data, for the inflater.</summary>
    public override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellation = default)
    {
        await FillAsync(LookaheadBytes + 1, cancellation);
        var length = LengthOfBlock(out isPossibleEnd);
        RanOut = length == 0;
        if (length > destination.Length) (length, isPossibleEnd) = (destination.Length, false);
        buffer.AsSpan(start, length).CopyTo(destination.Span);
        block = start;
        start += length;
        return length;
    }

    /// <summary>Checks the trailer of the member that the inflater has finished, and goes behind it.</summary>
    /// <param name="crc32">The CRC-32 of the member's content.</param>
    /// <param name="length">The length of the member's content modulo 2^32.</param>
    /// <exception cref="InputRefusedException">gzip:crc or gzip:length.</exception>
    public void PassTrailer(uint crc32, uint length)
    {
        Span<byte> trailer = stackalloc byte[TrailerBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, crc32);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[ChecksumBytes..], length);

        // Elsewhere than at a possible end, what follows is no member. Then the trailer is found by its content, behind
        // at least one byte of the block: the inflater asked for it.
        var first = isPossibleEnd ? start : block + 1;
        var candidates = buffer.AsSpan(first, start + TrailerBytes - first);
        var found = candidates.IndexOf(trailer);
        if (found < 0)
        {
            throw candidates.IndexOf(trailer[..ChecksumBytes]) >= 0
                ? new InputRefusedException(
                    InputReasons.GzipLength, $"The trailer does not say {length}, a member's length modulo 2^32.")
                : new InputRefusedException(
                    InputReasons.GzipChecksum, $"The trailer does not say {crc32:x8}, a member's CRC-32.");
        }

        start = first + found + TrailerBytes;
    }

    /// <summary>Goes to the next member. Zeros up to the end of the file are padding, as in gzip(1).</summary>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="InputRefusedException">gzip:trailing: something else follows.</exception>
    public async ValueTask<bool> FindMemberAsync(CancellationToken cancellation)
    {
        await FillAsync(Gzip.MagicBytes, cancellation);
        if (Gzip.IsGzip(buffer.AsSpan(start, end - start))) return true;
        while (start < end)
        {
            if (buffer.AsSpan(start, end - start).ContainsAnyExcept((byte)0))
                throw new InputRefusedException(
                    InputReasons.GzipTrailing, "What follows a member is neither a member nor zeros to the end.");
            start = end;
            await FillAsync(1, cancellation);
        }

        return false;
    }

    /// <summary>Up to the last byte before the next place where deflate data may end, or that byte alone.</summary>
    private int LengthOfBlock(out bool endsAtPossibleEnd)
    {
        var unread = buffer.AsSpan(start, end - start);
        endsAtPossibleEnd = false;
        var possibleEnd = -1;
        if (unread.Length > TrailerBytes)
        {
            var member = unread[(TrailerBytes + 1)..].IndexOf(Gzip.Magic);
            possibleEnd = member >= 0 ? member + 1 : fileEnded ? unread.Length - TrailerBytes : -1;
        }

        if (possibleEnd > 1) return possibleEnd - 1;
        endsAtPossibleEnd = possibleEnd == 1;
        return endsAtPossibleEnd ? 1 : Math.Max(0, fileEnded ? 0 : unread.Length - LookaheadBytes);
    }

    /// <summary>Reads until so many bytes are there that were not handed out, or the file ends.</summary>
    private async ValueTask FillAsync(int count, CancellationToken cancellation)
    {
        if (end - start >= count || fileEnded) return;
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
        while (!fileEnded && end - start < count)
        {
            var read = await file.ReadAsync(buffer.AsMemory(end), cancellation);
            end += read;
            fileEnded = read == 0;
        }
    }
}
