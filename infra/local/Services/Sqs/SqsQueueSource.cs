using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sqs;

/// <summary>How an event source mapping reads queues.</summary>
internal sealed class SqsQueueSource(Monitor<SqsState> queues) : IQueueSource
{
    public string Service => "sqs";

    public TimeSpan? VisibilityTimeout(Arn queue) => queues.Ask((state, now) =>
        state.Exists(QueueKey.Of(queue))
            ? state.Find(QueueKey.Of(queue), now).Settings.VisibilityTimeout
            : (TimeSpan?)null);

    /// <exception cref="AwsException">QueueDoesNotExist, also while waiting.</exception>
    public async ValueTask<IReadOnlyList<QueueMessage>> ReceiveAsync(
        Arn queue, int maximum, CancellationToken cancellationToken, Action? received = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximum, 10_000);
        cancellationToken.ThrowIfCancellationRequested();
        var terms = new ReceiveTerms(maximum, SqsLimits.MaxEventBytes, null, Timeout.InfiniteTimeSpan, received);
        var waiter = queues.Ask((state, now) => state.Receive(QueueKey.Of(queue), terms, now));
        try
        {
            return Records(await waiter.Answer.WaitAsync(cancellationToken), queue);
        }
        catch (OperationCanceledException)
        {
            // Withdrawn in time, nothing was received; too late, the messages are the caller's after all.
            if (queues.Ask((state, _) => state.Withdraw(waiter))) throw;
            return Records(await waiter.Answer, queue);
        }
    }

    public ValueTask DeleteAsync(
        Arn queue, IReadOnlyList<string> receiptHandles, CancellationToken cancellationToken) =>
        ForEach(queue, receiptHandles, static (state, key, handle, now) => state.DeleteMessage(key, handle, now));

    public ValueTask ReturnAsync(
        Arn queue, IReadOnlyList<string> receiptHandles, TimeSpan after, CancellationToken cancellationToken) =>
        ForEach(queue, receiptHandles, (state, key, handle, now) => state.ChangeVisibility(key, handle, after, now));

    private static IReadOnlyList<QueueMessage> Records(IReadOnlyList<ReceivedMessage> messages, Arn queue) =>
        [.. messages.Select(message => new QueueMessage(
            message.Content.MessageId, message.ReceiptHandle, EventRecord.Write(message, queue)))];

    private ValueTask ForEach(
        Arn queue, IReadOnlyList<string> handles, Action<SqsState, QueueKey, string, DateTimeOffset> work)
    {
        foreach (var handle in handles)
        {
            try
            {
                queues.Post((state, now) => work(state, QueueKey.Of(queue), handle, now));
            }
            catch (AwsException)
            {
                // The message was deleted or received again, or its queue is gone: the contract passes over it.
            }
        }

        return ValueTask.CompletedTask;
    }
}
