using Amazon.S3;
using Amazon.S3.Model;

namespace Isobar.Api;

/// <summary>
/// Signs browser forms for the landing bucket. A presigned PUT could not say how large the body may be; the policy of
/// a form can.
/// </summary>
/// <remarks>Source: Amazon S3 API Reference, "Browser-based uploads using POST".</remarks>
public sealed class LandingForms(IAmazonS3 client, string bucket) : IUploadForms
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
