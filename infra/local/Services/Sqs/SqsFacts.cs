namespace Isobar.Local.Services.Sqs;

// What the journal learns from SQS: names and numbers, never a body.

internal sealed record QueueCreated(string Queue);

internal sealed record QueueDeleted(string Queue);

internal sealed record QueuePurged(string Queue, int Messages);

internal sealed record MessageSent(string Queue, string MessageId, int Bytes);

/// <param name="Count">Messages that one receive returned, 1 or more.</param>
internal sealed record MessageReceived(string Queue, int Count);

/// <summary>A receive found nothing and waits.</summary>
internal sealed record ReceiveParked(string Queue);

/// <summary>The client that waited closed its connection.</summary>
internal sealed record ReceiveWithdrawn(string Queue);

internal sealed record MessageDeleted(string Queue, string MessageId);

internal sealed record MessageVisibilityChanged(string Queue, string MessageId, TimeSpan Timeout);

/// <param name="ReceiveCount">How often it had been received before it was moved.</param>
internal sealed record MessageMovedToDeadLetterQueue(
    string Queue, string DeadLetterQueue, string MessageId, int ReceiveCount);

/// <summary>A message was older than its queue's retention period.</summary>
internal sealed record MessageExpired(string Queue, string MessageId);
