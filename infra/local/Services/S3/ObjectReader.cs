using Isobar.Local.Services.S3.Payload;

namespace Isobar.Local.Services.S3;

/// <summary>Objects that other services read, by ARN: <c>arn:aws:s3:::bucket/key</c>.</summary>
internal sealed class ObjectReader(S3Store store, BlobFiles files)
{
    /// <inheritdoc cref="IObjectSource.CopyAsync"/>
    public async ValueTask<long> CopyAsync(
        Arn resource, string? versionId, Stream target, long maxBytes, CancellationToken cancellationToken)
    {
        if (resource.Resource.Split('/', 2) is not [var bucket, { Length: > 0 } key])
            throw S3Errors.InvalidArgument("The ARN names no object.", "Resource", resource.ToString());
        var found = store.Ask((state, _) => state.Open(bucket, key, versionId));
        try
        {
            if (found is null or { IsDeleteMarker: true })
                throw versionId is null ? S3Errors.NoSuchKey(key) : S3Errors.NoSuchVersion(key, versionId);
            var size = found.Content.Size;
            if (size <= maxBytes)
                await files.ReadAsync(
                    found.Content.Blobs, 0, size, bytes => target.WriteAsync(bytes, cancellationToken),
                    cancellationToken);
            return size;
        }
        finally
        {
            if (found is not null) store.Post((state, _) => state.Blobs.Release(found.Content.Blobs));
        }
    }
}
