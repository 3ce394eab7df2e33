using Isobar.Local.Services.S3.Notifications;
using Isobar.Local.Services.S3.Payload;
using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Services.S3.Operations;

/// <summary>Reads and writes the notification configuration of a bucket.</summary>
/// <remarks>Source: Amazon S3 API Reference, GetBucketNotificationConfiguration and its Put.</remarks>
internal sealed class BucketNotification(S3Store store, NotificationDocument documents)
{
    /// <exception cref="Wire.AwsException">NoSuchBucket.</exception>
    public Task GetAsync(S3Request request)
    {
        var configuration = store.Ask((state, _) => state.Bucket(request.Bucket).Notifications);
        return request.AnswerAsync(
            "NotificationConfiguration", xml => NotificationDocument.Write(xml, configuration));
    }

    /// <exception cref="Wire.AwsException">NoSuchBucket, MalformedXML, InvalidArgument; NotImplemented for queues and
    /// topics.</exception>
    public async Task PutAsync(S3Request request)
    {
        var document = await PayloadIntake.ReadDocumentAsync(request);
        store.Post((state, _) => state.Bucket(request.Bucket));
        var check = request.Header("x-amz-skip-destination-validation") is not ("true" or "True");
        var configuration = documents.Read(document, check);
        store.Post((state, _) => state.Bucket(request.Bucket).Notifications = configuration);
        await request.AnswerAsync(200);
    }
}
