using Amazon.S3;
using Amazon.S3.Model;
using Isobar.Domain;

namespace Isobar.Intake;

/// <summary>Reads the landing bucket; every read names the version.</summary>
public sealed class LandingBucket(IAmazonS3 client) : ILandedObjects
{
    public async Task<LandedContent> HeadAsync(LandedObject source, CancellationToken cancellationToken)
    {
        var head = await client.GetObjectMetadataAsync(
            new GetObjectMetadataRequest { BucketName = source.Bucket, Key = source.Key, VersionId = source.VersionId },
            cancellationToken);
        // An empty object has no first byte to ask for: S3 would answer 416.
        return head.ContentLength < 2
            ? new LandedContent(head.ContentLength, IsGzip: false)
            : new LandedContent(head.ContentLength, await BeginsLikeGzipAsync(source, cancellationToken));
    }

    private async Task<bool> BeginsLikeGzipAsync(LandedObject source, CancellationToken cancellationToken)
    {
        using var answer = await client.GetObjectAsync(
            new GetObjectRequest
            {
                BucketName = source.Bucket,
                Key = source.Key,
                VersionId = source.VersionId,
                ByteRange = new ByteRange(0, 1),
            },
            cancellationToken);
        var first = new byte[2];
        await answer.ResponseStream.ReadExactlyAsync(first, cancellationToken);
        return Gzip.IsGzip(first);
    }
}
