using System.Buffers;

namespace Isobar.Local.Edge.Requests;

/// <summary>A body too large to keep: what has been read of it, and the rest, which passes through.</summary>
internal sealed class LargeBody(HttpResponseMessage answer, ReadOnlyMemory<byte> beginning) : IDisposable
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Bytes of all of it; null where the origin did not say.</summary>
    public long? Length => answer.Content.Headers.ContentLength;

    /// <param name="range">Null for all; a part only where the length is known, so that nothing has been read.</param>
    public async Task CopyToAsync(Stream target, ByteRange? range, CancellationToken cancellationToken)
    {
        await using var rest = await answer.Content.ReadAsStreamAsync(cancellationToken);
        if (range is { } part)
        {
            await CopyPartAsync(rest, target, part, cancellationToken);
            return;
        }

        await target.WriteAsync(beginning, cancellationToken);
        await rest.CopyToAsync(target, cancellationToken);
    }

    private static async Task CopyPartAsync(
        Stream source, Stream target, ByteRange part, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (var (at, end) = (0L, part.Start + part.Length); at < end;)
            {
                var read = await source.ReadAsync(
                    buffer.AsMemory(0, (int)Math.Min(buffer.Length, end - at)), cancellationToken);
                if (read == 0) return;
                var skipped = (int)Math.Clamp(part.Start - at, 0, read);
                await target.WriteAsync(buffer.AsMemory(skipped, read - skipped), cancellationToken);
                at += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose() => answer.Dispose();
}
