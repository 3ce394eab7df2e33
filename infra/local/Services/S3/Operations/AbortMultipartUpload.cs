using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Services.S3.Operations;

/// <summary>Ends an upload without an object, and deletes its parts.</summary>
/// <remarks>Source: Amazon S3 API Reference, AbortMultipartUpload.</remarks>
internal sealed class AbortMultipartUpload(S3Store store)
{
    /// <exception cref="Wire.AwsException">NoSuchBucket, NoSuchUpload.</exception>
    public Task HandleAsync(S3Request request)
    {
        store.Post((state, _) => state.EndUpload(
            request.Bucket, state.Upload(request.Bucket, request.Key, request.Query("uploadId")!)));
        return request.AnswerAsync(204);
    }
}
