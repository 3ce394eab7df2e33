using System.Buffers.Binary;

namespace Isobar.Domain;

/// <summary>
/// The deflate data between header and trailer of a gzip with one member. It always holds back the last nine bytes it
/// has: eight turn out to be the trailer at the end of the file, and the one before is the last of the deflate data,
/// which it hands out alone. So whoever inflates is known to need exactly that byte to finish, or the file is not one
/// whole member. (The inflater in the base library reads ahead and does not say where it finished.)
/// </summary>
internal sealed class GzipBody(Stream file) : ForwardStream
{
    private const int TrailerBytes = 8, HeldBytes = TrailerBytes + 1;

    private readonly byte[] buffer = new byte[32 * 1024];
    private int start, end;
    private bool fileEnded;

    /// <summary>Whether the last byte of deflate data was asked for.</summary>
    public bool LastByteTaken { get; private set; }

    /// <summary>Whether more was asked for after it.</summary>
    public bool AskedForMore { get; private set; }

    /// <summary>CRC-32 and length modulo 2^32 of the content; once the body is at its end.</summary>
    public (uint Crc32, uint Length) Trailer =>
        (BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(start)),
            BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(start + 4)));

    /// <summary>One byte of the header.</summary>
    /// <exception cref="InputRefusedException">gzip:truncated.</exception>
    public async ValueTask<byte> ReadHeaderByteAsync(CancellationToken cancellation)
    {
        if (end - start <= HeldBytes) await FillAsync(cancellation);
        if (end - start <= HeldBytes)
            throw new InputRefusedException(InputReasons.GzipTruncated, "The file ends within its header.");
        return buffer[start++];
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellation = default)
    {
        if (end - start <= HeldBytes) await FillAsync(cancellation);
        return Take(destination.Span);
    }

    private int Take(Span<byte> destination)
    {
        var available = end - start - HeldBytes;
        if (available <= 0)
        {
            if (LastByteTaken || available < 0)
            {
                AskedForMore = true;
                return 0;
            }

            LastByteTaken = true;
            available = 1;
        }

        var taken = Math.Min(available, destination.Length);
        buffer.AsSpan(start, taken).CopyTo(destination);
        start += taken;
        return taken;
    }

    /// <summary>Reads until there is more than what is held back, or the file ends.</summary>
    private async ValueTask FillAsync(CancellationToken cancellation)
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
        while (!fileEnded && end <= HeldBytes)
        {
            var read = await file.ReadAsync(buffer.AsMemory(end), cancellation);
            end += read;
            fileEnded = read == 0;
        }
    }
}
