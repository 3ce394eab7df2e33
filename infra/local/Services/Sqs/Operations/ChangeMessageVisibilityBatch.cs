using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sqs.Operations;

internal sealed record ChangeMessageVisibilityBatchRequest(
    string? QueueUrl, ChangeMessageVisibilityBatchRequestEntry?[]? Entries);

internal sealed record ChangeMessageVisibilityBatchRequestEntry(
    string? Id, string? ReceiptHandle, int? VisibilityTimeout) : IBatchEntry;

/// <summary>Changes the visibility timeout of up to ten received messages, each by itself.</summary>
/// <remarks>Source: Amazon SQS API Reference, ChangeMessageVisibilityBatch.</remarks>
internal static class ChangeMessageVisibilityBatch
{
    /// <exception cref="AwsException">QueueDoesNotExist, and those of <see cref="Batch"/>.</exception>
    public static BatchResponse Handle(
        Monitor<SqsState> queues, ChangeMessageVisibilityBatchRequest request, CallScope scope)
    {
        var key = QueueKey.FromUrl(request.QueueUrl, scope);
        var entries = Parameters.Check(
            queues, key, () => Batch.Check(request.Entries, "ChangeMessageVisibilityBatchRequestEntry"));
        return queues.Ask((state, now) =>
        {
            state.Find(key, now);
            return Batch.Run(entries, entry => state.ChangeVisibility(
                key, Parameters.Required(entry.ReceiptHandle, "ReceiptHandle"),
                Parameters.VisibilityTimeout(
                    entry.VisibilityTimeout ?? throw SqsErrors.MissingParameter("VisibilityTimeout")),
                now));
        });
    }
}
