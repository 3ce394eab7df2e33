using Isobar.Local.Costs;
using Isobar.Local.History;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sqs;

/// <summary>Reads one queue for an event source mapping.</summary>
internal sealed class QueueEventReader(Monitor<SqsState> queues, Arn queue, Journal journal) : IEventReader
{
    /// <summary>The largest batch without a batching window, and of a FIFO queue at all.</summary>
    /// <remarks>Source: AWS Lambda Developer Guide, "Using Lambda with Amazon SQS".</remarks>
    private const int MaxBatchSizeWithoutWindow = 10;

    /// <summary>Messages that one call of SQS's API receives or deletes, at most.</summary>
    /// <remarks>Source: Amazon SQS API Reference, ReceiveMessage and DeleteMessageBatch.</remarks>
    private const int MessagesOfACall = 10;

    private readonly QueueKey key = QueueKey.Of(queue);

    public TimeSpan? HoldTime => VisibilityTimeout(queues, key);

    /// <summary>What Lambda answers to a mapping that can't read the queue; null when it can.</summary>
    /// <remarks>Source: AWS Lambda API Reference, CreateEventSourceMapping; texts recorded against AWS.</remarks>
    /// <param name="queues">Those of the queue's Region; null when it has none.</param>
    public static string? Refuse(Monitor<SqsState>? queues, Arn queue, EventSourceSettings settings) =>
        Refuse(queue, queues is null ? null : VisibilityTimeout(queues, QueueKey.Of(queue)), settings);

    /// <param name="visibilityTimeout">The queue's; null when it does not exist.</param>
    public static string? Refuse(Arn queue, TimeSpan? visibilityTimeout, EventSourceSettings settings)
    {
        var isFifo = queue.Resource.EndsWith(".fifo", StringComparison.Ordinal);
        if (settings.BatchSize > MaxBatchSizeWithoutWindow && isFifo)
            return "Batch size must be 10 or less for FIFO queues.";
        if (settings.WindowSeconds > 0 && isFifo) return "Batching window is not supported for FIFO queues.";
        if (settings.BatchSize > MaxBatchSizeWithoutWindow && settings.WindowSeconds == 0)
            return "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10";
        if (visibilityTimeout is not { } visibility)
            return "Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. "
                + "SQS Error Message: The specified queue does not exist.";
        return visibility < settings.FunctionTimeout
            ? $"Queue visibility timeout: {visibility.TotalSeconds:0} seconds is less than Function timeout: "
                + $"{settings.FunctionTimeout.TotalSeconds:0} seconds"
            : null;
    }

    /// <exception cref="AwsException">QueueDoesNotExist, also while waiting.</exception>
    public async ValueTask<ReceivedRecords> ReceiveAsync(int maximum, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximum, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximum, 10_000);
        cancellationToken.ThrowIfCancellationRequested();
        var terms = new ReceiveTerms(
            maximum, SqsLimits.MaxEventBytes, null, Timeout.InfiniteTimeSpan, HoldsClock: true);
        var waiter = queues.Ask((state, now) => state.Receive(key, terms, now));
        try
        {
            return Records(await waiter.Answer.WaitAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // If it is withdrawn in time, nothing was received; otherwise the caller gets the messages.
            if (queues.Ask((state, _) => state.Withdraw(waiter))) throw;
            return Records(await waiter.Answer);
        }
    }

    public ValueTask CompleteAsync(IReadOnlyList<string> handles, CancellationToken cancellationToken)
    {
        if (handles.Count > 0) Report("DeleteMessageBatch", Calls(handles.Count));
        return ForEach(handles, static (state, key, handle, now) => state.DeleteMessage(key, handle, now));
    }

    public ValueTask ReturnAsync(
        IReadOnlyList<string> handles, TimeSpan after, CancellationToken cancellationToken) =>
        ForEach(handles, (state, key, handle, now) => state.ChangeVisibility(key, handle, after, now));

    public ReadOnlyMemory<byte> ForFilter(SourceRecord record) => EventRecord.WithParsedBody(record.EventRecord);

    private static TimeSpan? VisibilityTimeout(Monitor<SqsState> queues, QueueKey key) => queues.Ask((state, now) =>
        state.Exists(key) ? state.Find(key, now).Settings.VisibilityTimeout : (TimeSpan?)null);

    private static long Calls(int messages) => (messages + MessagesOfACall - 1) / MessagesOfACall;

    private ReceivedRecords Records(ReceiveAnswer answer)
    {
        var records = answer.Messages.Select(message => new SourceRecord(
            message.Content.MessageId, message.ReceiptHandle, EventRecord.Write(message, queue))
        {
            // In a standard queue, groups have no order.
            Group = message.SequenceNumber is null ? null : message.Content.MessageGroupId,
        }).ToArray();
        var chunks = Charge.Chunks(Meter.QueueRequests, records.Sum(record => (long)record.EventRecord.Length));
        if (records.Length > 0) Report("ReceiveMessage", Math.Max(Calls(records.Length), chunks.Quantity));
        return new ReceivedRecords(records, answer.Work);
    }

    private void Report(string operation, decimal requests) =>
        journal.Record(new QueueRequested(queue.Resource, operation, requests));

    private ValueTask ForEach(IReadOnlyList<string> handles, Action<SqsState, QueueKey, string, DateTimeOffset> work)
    {
        foreach (var handle in handles)
        {
            try
            {
                queues.Post((state, now) => work(state, key, handle, now));
            }
            catch (AwsException)
            {
                // The message was deleted or received again, or its queue is gone: the interface leaves it out.
            }
        }

        return ValueTask.CompletedTask;
    }
}
