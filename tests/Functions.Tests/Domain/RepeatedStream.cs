using Isobar.Domain;

namespace Isobar.Functions.Tests.Domain;

/// <summary>A piece of content over and over, up to a length, without holding it.</summary>
internal sealed class RepeatedStream(byte[] piece, long length) : ForwardStream
{
    /// <summary>Bytes read so far.</summary>
    public long Given { get; private set; }

    public override int Read(byte[] buffer, int offset, int count) => Take(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(Take(buffer.Span));

    private int Take(Span<byte> destination)
    {
        var at = (int)(Given % piece.Length);
        var taken = (int)Math.Min(Math.Min(destination.Length, piece.Length - at), length - Given);
        piece.AsSpan(at, taken).CopyTo(destination);
        Given += taken;
        return taken;
    }
}
