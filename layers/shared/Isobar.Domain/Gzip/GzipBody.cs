using System.Buffers.Binary;

namespace Isobar.Domain;

/// <summary>
/// The deflate data between header and trailer of a gzip with one member. It always holds back the last nine bytes it
/// has: eight turn out to be the trailer at the end of the file, and the one before is the last of the deflate data,
/// which it hands out alone. So whoever inflates is known to need exactly that byte to finish, or the file is not one
/// whole member. (The inflater in the base library reads ahead and does not say where it finished.)
/// </summary>
internal sealed class GzipBody(Stream file) : Stream
{
    private const int TrailerBytes = 8, HeldBytes = TrailerBytes + 1;

    private readonly byte[] _buffer = new byte[32 * 1024];
    private int _start, _end;
    private bool _fileEnded;

    /// <summary>Whether the last byte of deflate data was asked for.</summary>
    public bool LastByteTaken { get; private set; }

    /// <summary>Whether more was asked for after it.</summary>
    public bool AskedForMore { get; private set; }

    /// <summary>CRC-32 and length modulo 2^32 of the content; once the body is at its end.</summary>
    public (uint Crc32, uint Length) Trailer =>
        (BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan(_start)),
            BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan(_start + 4)));

    /// <summary>One byte of the header.</summary>
    /// <exception cref="InputRefusedException">gzip:truncated.</exception>
    public async ValueTask<byte> ReadHeaderByteAsync(CancellationToken cancellation)
    {
        if (_end - _start <= HeldBytes) await FillAsync(cancellation);
        if (_end - _start <= HeldBytes)
            throw new InputRefusedException(InputReasons.GzipTruncated, "The file ends within its header.");
        return _buffer[_start++];
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> destination, CancellationToken cancellation = default)
    {
        if (_end - _start <= HeldBytes) await FillAsync(cancellation);
        return Take(destination.Span);
    }

    private int Take(Span<byte> destination)
    {
        var available = _end - _start - HeldBytes;
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
        _buffer.AsSpan(_start, taken).CopyTo(destination);
        _start += taken;
        return taken;
    }

    /// <summary>Reads until there is more than what is held back, or the file ends.</summary>
    private async ValueTask FillAsync(CancellationToken cancellation)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        while (!_fileEnded && _end <= HeldBytes)
        {
            var read = await file.ReadAsync(_buffer.AsMemory(_end), cancellation);
            _end += read;
            _fileEnded = read == 0;
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
