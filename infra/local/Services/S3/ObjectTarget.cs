using Isobar.Local.History;
using Isobar.Local.Services.S3.Notifications;
using Isobar.Local.Services.S3.Objects;
using Isobar.Local.Services.S3.Payload;

namespace Isobar.Local.Services.S3;

/// <summary>Objects that other services write, by ARN: <c>arn:aws:s3:::bucket/key</c>.</summary>
internal sealed class ObjectTarget(S3Store store, BlobFiles files, Journal journal)
{
    private const string EventName = "ObjectCreated:Put";

    // The writer that S3's events show when an AWS service has written the object.
    private static readonly Requester Service = new("", "AWSService", "127.0.0.1");

    /// <param name="resource">A bucket, or an object that need not exist.</param>
    public bool Exists(Arn resource) => store.Ask(
        (state, _) => state.Buckets.Any(bucket => bucket.Name == resource.Resource.Split('/', 2)[0]));

    /// <summary>Writes an object, or its next version.</summary>
    /// <exception cref="Wire.AwsException">NoSuchBucket; InvalidArgument: the ARN has no key; SlowDown.</exception>
    public async ValueTask PutAsync(Arn resource, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (resource.Resource.Split('/', 2) is not [var bucket, { Length: > 0 } key])
            throw S3Errors.InvalidArgument("The ARN names no object.", "Resource", resource.ToString());
        var blob = store.Ask((state, _) => state.Blobs.Create(bytes.Length));
        try
        {
            using var digest = new ContentDigest(ChecksumAlgorithm.Crc64Nvme);
            await files.WriteAsync(blob, ReadSome, digest, cancellationToken);
            var digests = digest.Finish();
            var content = new ObjectContent([blob], digests.ETag, digests.Checksum(ChecksumAlgorithm.Crc64Nvme),
                new ObjectMetadata([new("Content-Type", "application/json")], []));
            var version = store.Ask(
                (state, now) => state.Put(bucket, key, content, EventName, default, Service, now));
            journal.Record(new ObjectCreated(bucket, key, version.VersionId, EventName, content.Size));
        }
        finally
        {
            store.Post((state, _) => state.Blobs.Release(blob));
        }

        ValueTask<int> ReadSome(Memory<byte> buffer, CancellationToken stop)
        {
            var count = Math.Min(buffer.Length, bytes.Length);
            bytes[..count].CopyTo(buffer);
            bytes = bytes[count..];
            return ValueTask.FromResult(count);
        }
    }
}
