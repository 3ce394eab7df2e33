using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sqs.Operations;

internal sealed record SendMessageBatchRequest(string? QueueUrl, SendMessageBatchRequestEntry?[]? Entries);

internal sealed record SendMessageBatchRequestEntry(
    string? Id, Utf8Text? MessageBody, int? DelaySeconds, string? MessageGroupId, string? MessageDeduplicationId,
    Dictionary<string, MessageAttributeValue?>? MessageAttributes,
    Dictionary<string, MessageAttributeValue?>? MessageSystemAttributes) : IMessageToSend, IBatchEntry;

internal sealed record SendMessageBatchResultEntry(
    string Id, string MessageId, string MD5OfMessageBody, string? MD5OfMessageAttributes,
    string? MD5OfMessageSystemAttributes, string? SequenceNumber);

internal sealed record SendMessageBatchResponse(
    List<SendMessageBatchResultEntry> Successful, List<BatchResultErrorEntry>? Failed);

/// <summary>Puts up to ten messages into a queue, each accepted or refused by itself.</summary>
/// <remarks>Source: Amazon SQS API Reference, SendMessageBatch.</remarks>
internal static class SendMessageBatch
{
    /// <exception cref="AwsException">QueueDoesNotExist, BatchRequestTooLong, those of <see cref="Batch"/>,
    /// and InvalidParameterValue: an entry for a FIFO queue has no group or no deduplication id.</exception>
    public static SendMessageBatchResponse Handle(
        Monitor<SqsState> queues, Identifiers identifiers, SendMessageBatchRequest request, CallScope scope)
    {
        var key = QueueKey.FromUrl(request.QueueUrl, scope);
        var entries = Parameters.Check(queues, key, () => CheckEntries(request.Entries));

        var failed = new List<BatchResultErrorEntry>();
        var drafts = new List<(SendMessageBatchRequestEntry Entry, MessageDraft Draft)>();
        foreach (var entry in entries)
        {
            try
            {
                drafts.Add((entry, MessageDrafts.Make(entry, scope, identifiers.NewGuid())));
            }
            catch (AwsException error)
            {
                failed.Add(Batch.Failure(entry.Id!, error));
            }
        }

        var outcomes = queues.Ask((state, now) =>
            state.Send(key, drafts.ConvertAll(pair => pair.Draft), SendErrors.OfBatch, now));
        var successful = new List<SendMessageBatchResultEntry>();
        foreach (var ((entry, draft), outcome) in drafts.Zip(outcomes))
        {
            if (outcome.Error is { } error) failed.Add(Batch.Failure(entry.Id!, error));
            else successful.Add(new SendMessageBatchResultEntry(
                entry.Id!, outcome.MessageId, draft.Content.BodyMd5, MessageDigest.Of(draft.Content.Attributes),
                MessageDrafts.SystemAttributesMd5(entry), outcome.SequenceNumber));
        }

        return new SendMessageBatchResponse(successful, failed.Count > 0 ? failed : null);
    }

    private static IReadOnlyList<SendMessageBatchRequestEntry> CheckEntries(SendMessageBatchRequestEntry?[]? given)
    {
        var entries = Batch.Check(given, "SendMessageBatchRequestEntry");
        var bytes = entries.Sum(entry => (long)MessageDrafts.SizeOf(entry));
        return bytes <= SqsLimits.MaxMessageBytes ? entries : throw SqsErrors.BatchRequestTooLong(bytes);
    }
}
