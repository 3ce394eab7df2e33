namespace Isobar.Local.Services.Sqs;

internal enum MessagePlace
{
    Visible,
    Delayed,
    InFlight,

    /// <summary>Deleted, expired, purged, or on its way to another queue.</summary>
    Gone,
}

/// <summary>A message in a queue.</summary>
internal sealed class StoredMessage
{
    public StoredMessage(MessageContent content, DateTimeOffset sent)
    {
        Content = content;
        Sent = sent;
        Node = new LinkedListNode<StoredMessage>(this);
    }

    public MessageContent Content { get; }

    /// <summary>When a producer sent it, or, of a FIFO queue, when it came into the dead-letter queue.</summary>
    public DateTimeOffset Sent { get; private set; }

    /// <summary>Its number in its queue.</summary>
    public long Number { get; set; }

    /// <summary>Its place in the order of a FIFO queue; null in a standard queue.</summary>
    public string? SequenceNumber { get; set; }

    /// <summary>Whether its visibility timeout was changed since the last receive.</summary>
    public bool IsVisibilityChanged { get; set; }

    public MessagePlace Place { get; set; }

    /// <summary>When it becomes visible, if it is not.</summary>
    public DateTimeOffset Due { get; set; }

    /// <summary>How often it has been received, in all queues.</summary>
    public int ReceiveCount { get; private set; }

    /// <summary>How often it has been received in the queue it is in: what the redrive policy counts.</summary>
    /// <remarks>Not the total, or a queue could move a message that nobody had received from it.</remarks>
    public int ReceivesHere { get; private set; }

    public DateTimeOffset FirstReceived { get; private set; }

    public DateTimeOffset LastReceived { get; private set; }

    public string? DeadLetterQueueSourceArn { get; private set; }

    /// <summary>Counts up with every message of the queue that becomes visible.</summary>
    public long Shown { get; set; }

    /// <summary>Its place in the list of its group's visible messages.</summary>
    public LinkedListNode<StoredMessage> Node { get; }

    public int StoredBytes => Content.Bytes + SqsLimits.MessageOverheadBytes;

    public void Receive(DateTimeOffset now)
    {
        if (ReceiveCount++ == 0) FirstReceived = now;
        ReceivesHere++;
        LastReceived = now;
        IsVisibilityChanged = false;
    }

    /// <summary>Whether it is still hidden by that receive of it.</summary>
    public bool IsHiddenBy(int receive) => Place == MessagePlace.InFlight && ReceiveCount == receive;

    /// <summary>It goes to a dead-letter queue.</summary>
    /// <param name="restartsAt">When its retention period starts again; null when it goes on.</param>
    /// <remarks>Source: Amazon SQS Developer Guide, "Using dead-letter queues in Amazon SQS": the enqueue timestamp is
    /// kept in standard queues and reset in FIFO queues.</remarks>
    public void GiveUp(string sourceArn, DateTimeOffset? restartsAt)
    {
        Sent = restartsAt ?? Sent;
        DeadLetterQueueSourceArn = sourceArn;
        ReceivesHere = 0;
    }
}
