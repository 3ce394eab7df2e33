using Amazon.S3;
using Amazon.S3.Model;

namespace Isobar.Transform;

/// <summary>Writes results to the data bucket.</summary>
/// <param name="bucket">Its name.</param>
public sealed class DataBucket(IAmazonS3 client, string bucket) : IResults
{
    public async Task PutAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        content.Position = 0;
        await client.PutObjectAsync(
            new PutObjectRequest { BucketName = bucket, Key = key, InputStream = content, AutoCloseStream = false },
            cancellationToken);
    }
}
