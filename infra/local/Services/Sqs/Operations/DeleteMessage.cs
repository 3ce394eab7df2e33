using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sqs.Operations;

internal sealed record DeleteMessageRequest(string? QueueUrl, string? ReceiptHandle);

/// <summary>Deletes a received message; one that is gone already is no error.</summary>
/// <remarks>Source: Amazon SQS API Reference, DeleteMessage.</remarks>
internal static class DeleteMessage
{
    /// <exception cref="AwsException">QueueDoesNotExist, MissingParameter, ReceiptHandleIsInvalid.</exception>
    public static EmptyResponse Handle(Monitor<SqsState> queues, DeleteMessageRequest request, CallScope scope)
    {
        var key = QueueKey.FromUrl(request.QueueUrl, scope);
        var handle = Parameters.Required(request.ReceiptHandle, "ReceiptHandle");
        queues.Post((state, now) => state.DeleteMessage(key, handle, now));
        return new EmptyResponse();
    }
}
