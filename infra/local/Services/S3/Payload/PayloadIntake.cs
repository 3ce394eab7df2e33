using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Services.S3.Payload;

/// <summary>A body that was stored and verified; disposing it gives the bytes up unless a version holds them by
/// then.</summary>
/// <param name="Blob">The bytes.</param>
/// <param name="Algorithm">The checksum that came with the body, if any.</param>
internal sealed record ReceivedPayload(S3Store Store, Blob Blob, ContentDigests Digests, ChecksumAlgorithm? Algorithm)
    : IDisposable
{
    public void Dispose() => Store.Post((state, _) => state.Blobs.Release(Blob));
}

/// <summary>Stores request bodies and verifies the length, digests and checksums that the request states.</summary>
internal sealed class PayloadIntake(S3Store store, BlobFiles files)
{
    /// <summary>Stores a body. If the body is invalid or incomplete, the stored bytes are deleted.</summary>
    /// <param name="wanted">Checksums to compute besides the declared one.</param>
    /// <exception cref="Wire.AwsException">BadDigest, XAmzContentSHA256Mismatch, IncompleteBody, SlowDown when
    /// full.</exception>
    public async Task<ReceivedPayload> ReceiveAsync(
        S3Request request, PayloadDeclaration declaration, params IEnumerable<ChecksumAlgorithm> wanted)
    {
        var blob = store.Ask((state, _) => state.Blobs.Create(declaration.Length));
        try
        {
            var digests = await StoreAsync(
                request, declaration, wanted, (read, digest, stop) => files.WriteAsync(blob, read, digest, stop));
            return new ReceivedPayload(store, blob, digests, declaration.Algorithm);
        }
        catch
        {
            store.Post((state, _) => state.Blobs.Release(blob));
            throw;
        }
    }

    /// <summary>Reads the body of a request that carries a document, not an object.</summary>
    /// <param name="ignoreChecksums">Whether the checksum headers speak of something else than the document.</param>
    /// <exception cref="Wire.AwsException">As <see cref="ReceiveAsync"/>, and MaxMessageLengthExceeded.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadDocumentAsync(S3Request request, bool ignoreChecksums = false)
    {
        var declaration = PayloadDeclaration.Read(request, ignoreChecksums);
        if (declaration.Length > S3Limits.MaxDocumentBytes) throw S3Errors.MaxMessageLengthExceeded();
        var blob = new Blob(declaration.Length, fileName: null);
        await StoreAsync(request, declaration, [], (read, digest, stop) =>
            BlobFiles.KeepAsync(blob, read, digest, stop));
        return blob.Bytes;
    }

    private delegate Task Place(
        Func<Memory<byte>, CancellationToken, ValueTask<int>> read, ContentDigest digest,
            CancellationToken cancellationToken);

    private static async Task<ContentDigests> StoreAsync(
        S3Request request, PayloadDeclaration declaration, IEnumerable<ChecksumAlgorithm> wanted, Place place)
    {
        IEnumerable<ChecksumAlgorithm> algorithms =
        [
            .. wanted,
            .. declaration.Algorithm is { } declared ? [declared] : Array.Empty<ChecksumAlgorithm>(),
            .. declaration.Sha256 is not null ? [ChecksumAlgorithm.Sha256] : Array.Empty<ChecksumAlgorithm>(),
        ];
        using var digest = new ContentDigest(algorithms);
        var chunked = declaration.IsChunked ? new AwsChunkedReader(request.Http.Request.BodyReader) : null;
        Func<Memory<byte>, CancellationToken, ValueTask<int>> read =
            chunked is not null ? chunked.ReadAsync : request.Http.Request.Body.ReadAsync;
        await place(read, digest, request.Http.RequestAborted);
        var digests = digest.Finish();
        Verify(declaration, chunked?.Trailers, digests, request.Key.Length > 0 && request.Query("uploadId") is null);
        return digests;
    }

    private static void Verify(
        PayloadDeclaration declaration, IReadOnlyDictionary<string, string>? trailers, ContentDigests digests,
        bool ofObject)
    {
        if (declaration.Md5 is { } md5 && !md5.AsSpan().SequenceEqual(digests.Md5))
            throw PayloadErrors.BadMd5(md5, digests.Md5, ofObject);
        if (declaration.Sha256 is { } sha256
            && Convert.ToHexStringLower(digests.Checksums[ChecksumAlgorithm.Sha256]) is var computed
                && computed != sha256)
            throw PayloadErrors.Sha256Mismatch(sha256, computed);
        if (declaration.Algorithm is not { } algorithm) return;
        var expected = declaration.Expected ?? FromTrailer(algorithm, trailers);
        if (!expected.AsSpan().SequenceEqual(digests.Checksums[algorithm])) throw PayloadErrors.BadChecksum(algorithm);
    }

    private static byte[] FromTrailer(ChecksumAlgorithm algorithm, IReadOnlyDictionary<string, string>? trailers)
    {
        if (trailers is null || !trailers.TryGetValue(algorithm.Header(), out var text))
            throw PayloadErrors.MalformedTrailer();
        return algorithm.TryDecode(text)
            ?? throw S3Errors.InvalidRequest($"Value for {algorithm.Header()} trailing header is invalid.");
    }
}
