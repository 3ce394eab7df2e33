using Isobar.Domain;

namespace Isobar.Functions.Tests.Domain;

/// <summary>Bytes that arrive a few at a time, as from a network.</summary>
internal sealed class DripStream(ReadOnlyMemory<byte> content, int blockBytes) : ForwardStream
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
}
