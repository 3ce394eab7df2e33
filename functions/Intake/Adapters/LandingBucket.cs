using Amazon.S3;
using Amazon.S3.Model;
using Isobar.Domain;

namespace Isobar.Intake;

/// <summary>Reads the landing bucket, always by version.</summary>
public sealed class LandingBucket(IAmazonS3 client) : ILandedObjects
{
    public async Task<LandedContent> HeadAsync(ObjectVersion source, CancellationToken cancellationToken)
    {
        var head = await client.GetObjectMetadataAsync(
            new GetObjectMetadataRequest { BucketName = source.Bucket, Key = source.Key, VersionId = source.VersionId },
            cancellationToken);
        // S3 answers 416 when the range begins after the end of the object.
        return head.ContentLength < 2
            ? new LandedContent(head.ContentLength, IsGzip: false)
            : new LandedContent(head.ContentLength, await StartsAsGzipAsync(source, cancellationToken));
    }

    private async Task<bool> StartsAsGzipAsync(ObjectVersion source, CancellationToken cancellationToken)
    {
        using var response = await client.GetObjectAsync(
            new GetObjectRequest
            {
                BucketName = source.Bucket,
                Key = source.Key,
                VersionId = source.VersionId,
                ByteRange = new ByteRange(0, 1),
            },
            cancellationToken);
        var first = new byte[2];
        await response.ResponseStream.ReadExactlyAsync(first, cancellationToken);
        return Gzip.IsGzip(first);
    }
}
