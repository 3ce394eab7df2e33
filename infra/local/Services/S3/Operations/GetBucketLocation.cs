using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Services.S3.Operations;

/// <summary>Returns the Region of a bucket; for us-east-1 the element is empty.</summary>
/// <remarks>Source: Amazon S3 API Reference, GetBucketLocation.</remarks>
internal sealed class GetBucketLocation(S3Store store)
{
    /// <exception cref="Wire.AwsException">NoSuchBucket.</exception>
    public Task HandleAsync(S3Request request)
    {
        var region = store.Ask((state, _) => state.Bucket(request.Bucket).Region);
        return request.AnswerAsync("LocationConstraint", xml =>
        {
            if (region != "us-east-1") xml.WriteString(region);
        });
    }
}
