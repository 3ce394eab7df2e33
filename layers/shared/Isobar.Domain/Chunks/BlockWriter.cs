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

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(2 * BlockBytes);
    private int length;

    public void Advance(int count) => length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return buffer.AsMemory(length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return buffer.AsSpan(length);
    }

    /// <summary>Writes the whole blocks that have come together.</summary>
    public ValueTask WriteBlocksAsync(CancellationToken cancellation) =>
        length < BlockBytes ? ValueTask.CompletedTask : WriteWholeBlocksAsync(cancellation);

    /// <summary>Writes everything; the stream stays open.</summary>
    public async ValueTask CompleteAsync(CancellationToken cancellation)
    {
        await WriteBlocksAsync(cancellation);
        await destination.WriteAsync(buffer.AsMemory(0, length), cancellation);
        length = 0;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    private async ValueTask WriteWholeBlocksAsync(CancellationToken cancellation)
    {
        var written = 0;
        for (; length - written >= BlockBytes; written += BlockBytes)
            await destination.WriteAsync(buffer.AsMemory(written, BlockBytes), cancellation);

        buffer.AsSpan(written, length - written).CopyTo(buffer);
        length -= written;
    }

    private void Reserve(int sizeHint)
    {
        if (buffer.Length - length >= Math.Max(sizeHint, 1)) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * buffer.Length, length + sizeHint));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
