namespace Isobar.Functions.Tests.Domain;

/// <summary>Bytes that arrive a few at a time, as from a network.</summary>
internal sealed class DripStream(ReadOnlyMemory<byte> content, int blockBytes) : Stream
{
    private int position;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(Take(buffer.Span));

    public override int Read(byte[] buffer, int offset, int count) => Take(buffer.AsSpan(offset, count));

    private int Take(Span<byte> destination)
    {
        var taken = Math.Min(Math.Min(blockBytes, destination.Length), content.Length - position);
        content.Span.Slice(position, taken).CopyTo(destination);
        position += taken;
        return taken;
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

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
