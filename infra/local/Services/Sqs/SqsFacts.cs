using Isobar.Local.Costs;
using Isobar.Local.History;

namespace Isobar.Local.Services.Sqs;

// What the journal learns from SQS: names and numbers, never a body.

internal interface IQueueFact : IFact
{
    string Queue { get; }

    string? IFact.Resource => FactResource.Of("sqs", Queue);
}

internal interface IMessageFact : IQueueFact
{
    string MessageId { get; }

    string? IFact.RequestId => MessageId;
}

internal sealed record QueueCreated(string Queue) : IQueueFact;

internal sealed record QueueDeleted(string Queue) : IQueueFact;

internal sealed record QueuePurged(string Queue, int Messages) : IQueueFact;

internal sealed record MessageSent(string Queue, string MessageId, int Bytes) : IMessageFact, IMeasuredFact
{
    public string? TraceId { get; init; }

    IEnumerable<MetricDatum> IMeasuredFact.Metrics => [QueueMetrics.Datum("NumberOfMessagesSent", Queue, 1)];
}

/// <summary>A FIFO queue accepted a message and dropped it: it had accepted the same within five minutes.</summary>
/// <param name="MessageId">Of the message that it keeps, or had.</param>
internal sealed record MessageDeduplicated(string Queue, string MessageId) : IMessageFact, IMeasuredFact
{
    IEnumerable<MetricDatum> IMeasuredFact.Metrics =>
        [QueueMetrics.Datum("NumberOfDeduplicatedSentMessages", Queue, 1)];
}

/// <param name="Count">Messages that one receive returned, 1 or more.</param>
internal sealed record MessageReceived(string Queue, int Count) : IQueueFact, IMeasuredFact
{
    IEnumerable<MetricDatum> IMeasuredFact.Metrics => [QueueMetrics.Datum("NumberOfMessagesReceived", Queue, Count)];
}

/// <summary>A receive found nothing and waits.</summary>
internal sealed record ReceiveParked(string Queue) : IQueueFact;

/// <summary>The client that waited closed its connection.</summary>
internal sealed record ReceiveWithdrawn(string Queue) : IQueueFact;

internal sealed record MessageDeleted(string Queue, string MessageId) : IMessageFact, IMeasuredFact
{
    IEnumerable<MetricDatum> IMeasuredFact.Metrics => [QueueMetrics.Datum("NumberOfMessagesDeleted", Queue, 1)];
}

internal sealed record MessageVisibilityChanged(string Queue, string MessageId, TimeSpan Timeout) : IMessageFact;

/// <param name="ReceiveCount">How often it had been received before it was moved.</param>
internal sealed record MessageMovedToDeadLetterQueue(
    string Queue, string DeadLetterQueue, string MessageId, int ReceiveCount) : IMessageFact;

/// <summary>A message was older than its queue's retention period.</summary>
internal sealed record MessageExpired(string Queue, string MessageId) : IMessageFact;

/// <summary>
/// Another service called a queue for its owner, who pays for it: an event source mapping, a topic, a destination.
/// </summary>
/// <param name="Operation">As in SQS's API.</param>
/// <param name="Requests">As AWS counts them.</param>
internal sealed record QueueRequested(string Queue, string Operation, decimal Requests) : IQueueFact, IChargedFact
{
    public IEnumerable<Charge> Charges =>
    [
        new Charge(
            Queue.EndsWith(Parameters.FifoEnding, StringComparison.Ordinal)
                ? Meter.FifoQueueRequests
                : Meter.QueueRequests,
            Requests),
    ];
}
