using Amazon.S3;
using Amazon.S3.Model;

namespace Isobar.Api;

/// <summary>
/// Presigns POST forms for the landing bucket. Unlike a presigned PUT, a form's policy can limit the size of the file.
/// </summary>
/// <remarks>Source: Amazon S3 API Reference, "Browser-based uploads using POST".</remarks>
public sealed class LandingFormSigner(IAmazonS3 client, string bucket) : IFormSigner
{
    public async Task<(string Url, IReadOnlyDictionary<string, string> Fields)> SignAsync(
        string key, long maxBytes, DateTimeOffset expiresAt)
    {
        var form = await client.CreatePresignedPostAsync(new CreatePresignedPostRequest
        {
            BucketName = bucket,
            Key = key,
            Expires = expiresAt.UtcDateTime,
            Conditions = [S3PostCondition.ContentLengthRange(1, maxBytes)],
        });
        return (form.Url, form.Fields);
    }
}
