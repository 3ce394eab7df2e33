using Isobar.Local.Ownership;

namespace Isobar.Local.Services;

/// <summary>One message that a queue handed out.</summary>
/// <param name="MessageId">What a partial batch response names.</param>
/// <param name="ReceiptHandle">What deletes it.</param>
/// <param name="EventRecord">The record that an invocation's event carries for it, as UTF-8 JSON.</param>
internal sealed record QueueMessage(string MessageId, string ReceiptHandle, ReadOnlyMemory<byte> EventRecord);

/// <summary>Messages that a queue handed out.</summary>
/// <param name="Work">Holds the clock, from before the messages were handed out until the receiver disposes it or has
/// work of its own for them; null when there are none.</param>
internal readonly record struct ReceivedMessages(IReadOnlyList<QueueMessage> Messages, Activity.Lease? Work);

/// <summary>A service whose queues an event source mapping can read.</summary>
internal interface IQueueSource
{
    /// <summary>The service part of the ARNs that this source answers for.</summary>
    string Service { get; }

    /// <summary>How long a received message stays hidden, or null when the queue does not exist.</summary>
    TimeSpan? VisibilityTimeout(Arn queue);

    /// <summary>Waits, without a time limit of its own, until at least one message can be received.</summary>
    /// <param name="maximum">1 to 10,000 messages.</param>
    /// <exception cref="OperationCanceledException">Nothing has been received; no message is lost.</exception>
    ValueTask<ReceivedMessages> ReceiveAsync(Arn queue, int maximum, CancellationToken cancellationToken);

    /// <summary>Deletes received messages for good; handles that are no longer valid are passed over.</summary>
    ValueTask DeleteAsync(Arn queue, IReadOnlyList<string> receiptHandles, CancellationToken cancellationToken);

    /// <summary>Makes received messages visible again after a time.</summary>
    ValueTask ReturnAsync(
        Arn queue, IReadOnlyList<string> receiptHandles, TimeSpan after, CancellationToken cancellationToken);
}
