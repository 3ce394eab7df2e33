using Amazon.S3;
using Amazon.S3.Model;

namespace Isobar.Summarize;

/// <summary>The data bucket.</summary>
/// <param name="bucket">Its name.</param>
public sealed class DataBucket(IAmazonS3 client, string bucket) : IMonthFiles
{
    public async Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.GetObjectAsync(bucket, key, cancellationToken)).ResponseStream;
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "NoSuchKey")
        {
            return null;
        }
    }

    public async Task PutAsync(string key, Stream content, CancellationToken cancellationToken)
    {
        content.Position = 0;
        await client.PutObjectAsync(
            new PutObjectRequest { BucketName = bucket, Key = key, InputStream = content, AutoCloseStream = false },
            cancellationToken);
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken) =>
        client.DeleteObjectAsync(bucket, key, cancellationToken);
}
