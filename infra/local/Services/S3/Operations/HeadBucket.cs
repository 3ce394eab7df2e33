using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Services.S3.Operations;

/// <summary>Says whether a bucket exists, and where.</summary>
/// <remarks>Source: Amazon S3 API Reference, HeadBucket.</remarks>
internal sealed class HeadBucket(S3Store store)
{
    /// <exception cref="Wire.AwsException">NoSuchBucket, of which a HEAD shows the status only.</exception>
    public Task HandleAsync(S3Request request)
    {
        var region = store.Ask((state, _) => state.Bucket(request.Bucket).Region);
        request.SetHeader("x-amz-bucket-region", region);
        request.SetHeader("x-amz-bucket-arn", $"arn:aws:s3:::{request.Bucket}");
        request.SetHeader("x-amz-access-point-alias", "false");
        request.SetHeader("Content-Type", "application/xml");
        request.Http.Response.StatusCode = 200;
        return Task.CompletedTask;
    }
}
