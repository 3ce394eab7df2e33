using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sqs.Operations;

/// <summary>Deletes all messages of a queue, at most once in 60 s.</summary>
/// <remarks>Source: Amazon SQS API Reference, PurgeQueue. They are gone at once, not within 60 s.</remarks>
internal static class PurgeQueue
{
    /// <exception cref="AwsException">QueueDoesNotExist, PurgeQueueInProgress.</exception>
    public static EmptyResponse Handle(Monitor<SqsState> queues, QueueRequest request, CallScope scope)
    {
        var key = QueueKey.FromUrl(request.QueueUrl, scope);
        queues.Post((state, now) => state.Purge(key, now));
        return new EmptyResponse();
    }
}
