using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Services.S3.Operations;

/// <summary>Deletes a bucket that has neither objects nor versions.</summary>
/// <remarks>Source: Amazon S3 API Reference, DeleteBucket.</remarks>
internal sealed class DeleteBucket(S3Store store)
{
    /// <exception cref="Wire.AwsException">NoSuchBucket, BucketNotEmpty.</exception>
    public Task HandleAsync(S3Request request)
    {
        store.Post((state, _) => state.DeleteBucket(request.Bucket));
        return request.AnswerAsync(204);
    }
}
