using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sqs.Operations;

internal sealed record DeleteMessageBatchRequest(string? QueueUrl, DeleteMessageBatchRequestEntry?[]? Entries);

internal sealed record DeleteMessageBatchRequestEntry(string? Id, string? ReceiptHandle) : IBatchEntry;

/// <summary>Deletes up to ten received messages, each by itself.</summary>
/// <remarks>Source: Amazon SQS API Reference, DeleteMessageBatch.</remarks>
internal static class DeleteMessageBatch
{
    /// <exception cref="AwsException">QueueDoesNotExist, and those of <see cref="Batch"/>.</exception>
    public static BatchResponse Handle(Monitor<SqsState> queues, DeleteMessageBatchRequest request, CallScope scope)
    {
        var key = QueueKey.FromUrl(request.QueueUrl, scope);
        var entries = Parameters.Check(
            queues, key, () => Batch.Check(request.Entries, "DeleteMessageBatchRequestEntry"));
        return queues.Ask((state, now) =>
        {
            state.Find(key, now);
            return Batch.Run(entries, entry => state.DeleteMessage(
                key, Parameters.Required(entry.ReceiptHandle, "ReceiptHandle"), now));
        });
    }
}
