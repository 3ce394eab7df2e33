using Amazon.S3;
using Amazon.S3.Model;
using Isobar.Domain;

namespace Isobar.Transform;

/// <summary>Reads ranges of objects in the landing bucket, always by version.</summary>
public sealed class LandingBucket(IAmazonS3 client) : ILandedRanges
{
    public async Task<Stream> OpenAsync(ChunkMessage chunk, CancellationToken cancellationToken)
    {
        var request = new GetObjectRequest
        {
            BucketName = chunk.Source.Bucket,
            Key = chunk.Source.Key,
            VersionId = chunk.Source.VersionId,
        };
        if (!chunk.Gzip) request.ByteRange = new ByteRange(chunk.Range.ReadStart, chunk.Range.ReadEnd - 1);
        return (await client.GetObjectAsync(request, cancellationToken)).ResponseStream;
    }
}
