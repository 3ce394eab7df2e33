namespace Isobar.Local.Services.Sqs;

/// <summary>Counts the bytes that all queues hold.</summary>
internal sealed class StoredBytes
{
    public long Total { get; set; }
}

/// <summary>
/// The messages of one queue and the receives that wait for them. Sorted sets, not heaps, hold what is due at an
/// instant: most messages are deleted long before it, and a set removes them at once.
/// </summary>
internal sealed class MessageQueue
{
    private readonly StoredBytes stored;
    private readonly IMessageOrder order;
    private readonly Dictionary<long, StoredMessage> messages = [];
    private readonly SortedSet<StoredMessage> hidden = new(Comparer<StoredMessage>.Create(
        static (a, b) => (a.Due, a.Number).CompareTo((b.Due, b.Number))));
    private readonly SortedSet<StoredMessage> byAge = new(Comparer<StoredMessage>.Create(
        static (a, b) => (a.Sent, a.Number).CompareTo((b.Sent, b.Number))));
    private readonly SortedSet<ReceiveWaiter> waiters = new(Comparer<ReceiveWaiter>.Create(
        static (a, b) => a.Number.CompareTo(b.Number)));
    private readonly SortedSet<ReceiveWaiter> deadlines = new(Comparer<ReceiveWaiter>.Create(
        static (a, b) => (a.Deadline, a.Number).CompareTo((b.Deadline, b.Number))));
    private long lastMessage;
    private long lastWaiter;

    public MessageQueue(long number, Arn arn, QueueSettings settings, StoredBytes stored, DateTimeOffset now)
    {
        (Number, Arn, Settings, this.stored) = (number, arn, settings, stored);
        Created = LastModified = now;
        Fifo = settings.Fifo is null ? null : new FifoMemory(stored);
        order = Fifo is null ? new VisibleMessages() : Fifo.Order;
    }

    public long Number { get; }

    public Arn Arn { get; }

    public string Name => Arn.Resource;

    public QueueSettings Settings { get; set; }

    /// <summary>Null for a standard queue.</summary>
    public FifoMemory? Fifo { get; }

    public DateTimeOffset Created { get; }

    public DateTimeOffset LastModified { get; set; }

    public DateTimeOffset? LastPurged { get; set; }

    /// <summary>When the service looks at this queue next.</summary>
    public DateTimeOffset? Scheduled { get; set; }

    public int Count => messages.Count;

    public int VisibleCount => order.Count;

    public int InFlightCount { get; private set; }

    public int DelayedCount => hidden.Count - InFlightCount;

    /// <summary>The message that the next receive gets.</summary>
    public StoredMessage? FirstVisible => order.First;

    public ReceiveWaiter? FirstWaiter => waiters.Min;

    /// <summary>When a message becomes visible or a receive has waited long enough, whichever is first.</summary>
    /// <remarks>Expiry is not included: it shows only at the next call, and a jump of
    /// the clock to it would delete messages.</remarks>
    public DateTimeOffset? NextDue
    {
        get
        {
            var message = hidden.Min?.Due ?? DateTimeOffset.MaxValue;
            var waiter = deadlines.Min?.Deadline ?? DateTimeOffset.MaxValue;
            var earliest = message < waiter ? message : waiter;
            return earliest == DateTimeOffset.MaxValue ? null : earliest;
        }
    }

    /// <summary>When the oldest message was sent; null when the queue is empty.</summary>
    public DateTimeOffset? OldestSent => byAge.Min?.Sent;

    /// <summary>Whether the latest sample found messages: the next one is taken even if they are gone.</summary>
    public bool WasInUse { get; set; }

    public StoredMessage? Find(long message) => messages.GetValueOrDefault(message);

    /// <summary>Takes a message in as the newest; the caller shows or hides it next.</summary>
    public void Add(StoredMessage message)
    {
        message.Number = ++lastMessage;
        message.SequenceNumber = Fifo is null ? null : SequenceNumbers.Of(message.Number);
        messages.Add(message.Number, message);
        byAge.Add(message);
        stored.Total += message.StoredBytes;
    }

    public void Remove(StoredMessage message)
    {
        Leave(message);
        message.Place = MessagePlace.Gone;
        byAge.Remove(message);
        messages.Remove(message.Number);
        stored.Total -= message.StoredBytes;
    }

    /// <summary>Makes a message visible that is neither visible nor hidden.</summary>
    public void Show(StoredMessage message)
    {
        message.Place = MessagePlace.Visible;
        order.Enter(message);
    }

    /// <summary>Hides a message that is neither visible nor hidden until an instant.</summary>
    public void Hide(StoredMessage message, DateTimeOffset until, MessagePlace place)
    {
        message.Place = place;
        message.Due = until;
        hidden.Add(message);
        if (place == MessagePlace.InFlight) InFlightCount++;
        order.Enter(message);
    }

    /// <summary>Takes a message out of the visible or the hidden ones.</summary>
    public void Leave(StoredMessage message)
    {
        order.Leave(message);
        if (message.Place == MessagePlace.Visible) return;
        hidden.Remove(message);
        if (message.Place == MessagePlace.InFlight) InFlightCount--;
    }

    /// <summary>Counts the delay of the messages that nobody has received anew, from when they were sent.</summary>
    /// <remarks>Source: Amazon SQS Developer Guide, "Amazon SQS delay queues": in a FIFO queue a change of the delay
    /// affects the messages that are already there, in a standard queue it does not.</remarks>
    public void DelayAnew(DateTimeOffset now)
    {
        foreach (var message in messages.Values
            .Where(static message => message.ReceiveCount == 0).OrderBy(static message => message.Number).ToArray())
        {
            Leave(message);
            if (message.Sent + Settings.Delay <= now) Show(message);
            else Hide(message, message.Sent + Settings.Delay, MessagePlace.Delayed);
        }
    }

    /// <summary>
    /// The message that is hidden no longer than to <paramref name="now"/>, the earliest first, or null.
    /// </summary>
    public StoredMessage? FirstDue(DateTimeOffset now) => hidden.Min is { } first && first.Due <= now ? first : null;

    /// <summary>The oldest message, if it is older than the retention period.</summary>
    public StoredMessage? FirstExpired(DateTimeOffset now) =>
        byAge.Min is { } oldest && oldest.Sent + Settings.Retention <= now ? oldest : null;

    public void Park(ReceiveWaiter waiter, DateTimeOffset deadline)
    {
        waiter.Number = ++lastWaiter;
        waiter.Deadline = deadline;
        waiters.Add(waiter);
        deadlines.Add(waiter);
    }

    /// <returns>False when the waiter was not parked: it has been answered.</returns>
    public bool Unpark(ReceiveWaiter waiter) => deadlines.Remove(waiter) && waiters.Remove(waiter);

    public ReceiveWaiter? FirstOverdue(DateTimeOffset now) =>
        deadlines.Min is { } first && first.Deadline <= now ? first : null;

    public void Clear()
    {
        foreach (var message in messages.Values)
        {
            message.Place = MessagePlace.Gone;
            stored.Total -= message.StoredBytes;
        }


        messages.Clear();
        order.Clear();
        Fifo?.Clear();
        hidden.Clear();
        byAge.Clear();
        InFlightCount = 0;
    }
}
