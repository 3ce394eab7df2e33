using System.Buffers;

namespace Isobar.Domain;

/// <summary>
/// Collects output and hands it to a stream in blocks of one fixed size, never flushing it: what a compressor behind
/// it writes then depends on the content only, not on how the input happened to arrive. (A PipeWriter would flush
/// with each read, and each flush leaves a mark in gzip output.)
/// </summary>
internal sealed class BlockWriter(Stream destination) : IBufferWriter<byte>, IDisposable
{
    /// <summary>Bytes in a block.</summary>
    public const int BlockBytes = 64 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(2 * BlockBytes);
    private int _length;

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_length);
    }

    /// <summary>Writes the whole blocks that have come together.</summary>
    public ValueTask WriteBlocksAsync(CancellationToken cancellation) =>
        _length < BlockBytes ? ValueTask.CompletedTask : WriteWholeBlocksAsync(cancellation);

    /// <summary>Writes everything; the stream stays open.</summary>
    public async ValueTask CompleteAsync(CancellationToken cancellation)
    {
        await WriteBlocksAsync(cancellation);
        await destination.WriteAsync(_buffer.AsMemory(0, _length), cancellation);
        _length = 0;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private async ValueTask WriteWholeBlocksAsync(CancellationToken cancellation)
    {
        var written = 0;
        for (; _length - written >= BlockBytes; written += BlockBytes)
            await destination.WriteAsync(_buffer.AsMemory(written, BlockBytes), cancellation);

        _buffer.AsSpan(written, _length - written).CopyTo(_buffer);
        _length -= written;
    }

    private void Reserve(int sizeHint)
    {
        if (_buffer.Length - _length >= Math.Max(sizeHint, 1)) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _buffer.Length, _length + sizeHint));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
