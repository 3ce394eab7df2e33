namespace Isobar.Local.Edge.Requests;

/// <summary>A body too large to keep: what has been read of it, and the rest, which passes through.</summary>
internal sealed class LargeBody(HttpResponseMessage answer, ReadOnlyMemory<byte> beginning) : IDisposable
{
    /// <summary>Bytes of all of it; null where the origin did not say.</summary>
    public long? Length => answer.Content.Headers.ContentLength;

    public async Task CopyToAsync(Stream target, CancellationToken cancellationToken)
    {
        await target.WriteAsync(beginning, cancellationToken);
        await using var rest = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await rest.CopyToAsync(target, cancellationToken);
    }

    public void Dispose() => answer.Dispose();
}
