using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sqs;

/// <summary>How a request words what a queue refuses.</summary>
/// <param name="TooLong">For a message above the queue's maximum, given that maximum in bytes.</param>
/// <param name="NoGroup">For a message to a FIFO queue without a group.</param>
internal sealed record SendErrors(Func<int, AwsException> TooLong, Func<AwsException> NoGroup)
{
    private const string Group = "MessageGroupId";

    public static SendErrors OfMessage { get; } =
        new(SqsErrors.MessageTooLong, static () => SqsErrors.MissingParameter(Group));

    public static SendErrors OfBatch { get; } = new(SqsErrors.BatchEntryTooLong,
        static () => SqsErrors.InvalidParameter($"The request must contain the parameter {Group}."));
}

/// <summary>What became of a message that was sent.</summary>
/// <param name="Error">Why it was refused; null when it, or a duplicate of it, was accepted.</param>
/// <param name="MessageId">Of the message that was accepted: a duplicate has the id of the original.</param>
/// <param name="SequenceNumber">Null in a standard queue.</param>
internal readonly record struct SendOutcome(AwsException? Error, string MessageId, string? SequenceNumber);

/// <summary>Takes messages into queues, each of them or not; a duplicate in a FIFO queue is accepted and dropped.
/// </summary>
internal sealed class MessageIntake(QueueDirectory queues, Effects<SqsEffect> effects, long maxStoredBytes)
{
    /// <summary>Sends each message that fits.</summary>
    /// <returns>What became of each draft, in order.</returns>
    /// <exception cref="AwsException">A message to a FIFO queue has no group or no deduplication id: none is
    /// sent.</exception>
    public SendOutcome[] Send(
        MessageQueue queue, IReadOnlyList<MessageDraft> drafts, SendErrors errors, DateTimeOffset now)
    {
        if (queue.Settings.Fifo is { } fifo)
            foreach (var draft in drafts) CheckIds(draft, fifo, errors);
        return [.. drafts.Select(draft => Send(queue, draft, errors, now))];
    }

    private static void CheckIds(MessageDraft draft, FifoSettings fifo, SendErrors errors)
    {
        if (draft.Content.MessageGroupId is null) throw errors.NoGroup();
        if (draft.Content.MessageDeduplicationId is null && !fifo.ContentBasedDeduplication)
            throw SqsErrors.NoDeduplicationId();
    }

    private SendOutcome Send(MessageQueue queue, MessageDraft draft, SendErrors errors, DateTimeOffset now)
    {
        var content = draft.Content;
        if (Refuse(queue, draft, errors) is { } refusal) return Refused(content, refusal);
        if (queue.Settings.Fifo is { } fifo)
        {
            content = content with
            {
                MessageDeduplicationId = content.MessageDeduplicationId ?? Deduplication.IdOf(content.Body.Span),
            };
            var key = KeyOf(content, fifo);
            if (queue.Fifo!.Deduplication.Find(key, now) is { } original)
            {
                effects.Add(new ReportFact(new MessageDeduplicated(queue.Name, original.MessageId)));
                return new SendOutcome(null, original.MessageId, original.SequenceNumber);
            }
        }

        var message = new StoredMessage(content, now);
        var bytes = message.StoredBytes + (queue.Fifo is null ? 0 : SqsLimits.DeduplicationBytes);
        if (queues.StoredBytes + bytes > maxStoredBytes)
            return Refused(
                content, SqsErrors.OverLimit($"This host holds at most {maxStoredBytes} bytes of messages."));
        Take(queue, message, queue.Settings.Fifo is null ? draft.Delay : null, now);
        return new SendOutcome(null, content.MessageId, message.SequenceNumber);
    }

    private void Take(MessageQueue queue, StoredMessage message, TimeSpan? ownDelay, DateTimeOffset now)
    {
        var content = message.Content;
        var delay = ownDelay ?? queue.Settings.Delay;
        queue.Add(message);
        if (queue.Settings.Fifo is { } fifo)
            queue.Fifo!.Deduplication.Add(KeyOf(content, fifo),
                new AcceptedMessage(content.MessageId, message.SequenceNumber!), now);
        if (delay == TimeSpan.Zero) queue.Show(message);
        else queue.Hide(message, now + delay, MessagePlace.Delayed);
        effects.Add(new ReportFact(new MessageSent(queue.Name, content.MessageId, content.Bytes)
        {
            TraceId = content.TraceHeader,
        }));
    }

    private static DeduplicationKey KeyOf(MessageContent content, FifoSettings fifo) =>
        new(fifo.DeduplicatesByGroup ? content.MessageGroupId : null, content.MessageDeduplicationId!);

    private static AwsException? Refuse(MessageQueue queue, MessageDraft draft, SendErrors errors)
    {
        if (draft.Content.Bytes > queue.Settings.MaximumMessageSize)
            return errors.TooLong(queue.Settings.MaximumMessageSize);
        // Zero is taken, and means the queue's own delay: recorded against AWS in July 2025.
        if (queue.Settings.Fifo is not null)
            return draft.Delay > TimeSpan.Zero
                ? SqsErrors.NotOfThisQueueType("DelaySeconds", (int)draft.Delay.Value.TotalSeconds)
                : null;
        return draft.Content.MessageDeduplicationId is { } id
            ? SqsErrors.NotOfThisQueueType("MessageDeduplicationId", id)
            : null;
    }

    private static SendOutcome Refused(MessageContent content, AwsException error) =>
        new(error, content.MessageId, null);
}
