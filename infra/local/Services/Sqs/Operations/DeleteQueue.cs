using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sqs.Operations;

/// <summary>Deletes a queue with its messages; receives that wait on it fail.</summary>
/// <remarks>Source: Amazon SQS API Reference, DeleteQueue. It is gone at once, not within 60 s.</remarks>
internal static class DeleteQueue
{
    /// <exception cref="AwsException">QueueDoesNotExist.</exception>
    public static EmptyResponse Handle(Monitor<SqsState> queues, QueueRequest request, CallScope scope)
    {
        var key = QueueKey.FromUrl(request.QueueUrl, scope);
        queues.Post((state, now) => state.Delete(key, now));
        return new EmptyResponse();
    }
}
