using Isobar.Local.Services.S3.Payload;

namespace Isobar.Local.Services.S3.Forms;

/// <summary>
/// A file that came in a form, stored. Its length is known only at its end, so it is kept in pieces; disposing it
/// gives the bytes up unless a version holds them by then.
/// </summary>
internal sealed class UploadedFile(S3Store store) : IDisposable
{
    /// <summary>Bytes of a piece, and of memory that an upload needs.</summary>
    private const int PieceBytes = 4 * 1024 * 1024;

    private readonly List<Blob> pieces = [];

    public IReadOnlyList<Blob> Pieces => pieces;

    /// <exception cref="Wire.AwsException">EntityTooLarge, as soon as that is known; EntityTooSmall;
    /// MalformedPOSTRequest; SlowDown when full.</exception>
    public async Task<ContentDigests> ReceiveAsync(
        PostForm form, PostPolicy policy, BlobFiles files, ChecksumAlgorithm algorithm,
        CancellationToken cancellationToken)
    {
        using var digest = new ContentDigest(algorithm);
        var buffer = new byte[PieceBytes];
        var size = 0L;
        while (await FillAsync(form, buffer, cancellationToken) is var count and > 0)
        {
            size += count;
            if (size > policy.MaxBytes) throw PostErrors.EntityTooLarge(size, policy.MaxBytes);
            var piece = store.Ask((state, _) => state.Blobs.Create(count));
            pieces.Add(piece);
            var content = new MemoryStream(buffer, 0, count);
            await files.WriteAsync(piece, content.ReadAsync, digest, cancellationToken);
        }

        if (size < policy.MinBytes) throw PostErrors.EntityTooSmall(size, policy.MinBytes);
        return digest.Finish();
    }

    public void Dispose() => store.Post((state, _) => state.Blobs.Release(pieces));

    private static async ValueTask<int> FillAsync(PostForm form, byte[] buffer, CancellationToken cancellationToken)
    {
        var filled = 0;
        while (filled < buffer.Length
            && await form.ReadFileAsync(buffer.AsMemory(filled), cancellationToken) is var count and > 0)
            filled += count;
        return filled;
    }
}
