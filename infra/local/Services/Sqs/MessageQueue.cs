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
internal sealed class MessageQueue(long number, Arn arn, QueueSettings settings, StoredBytes stored, DateTimeOffset now)
{
    private readonly Dictionary<long, StoredMessage> messages = [];
    private readonly VisibleMessages visible = new();
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

    public long Number => number;

    public Arn Arn => arn;

    public string Name => arn.Resource;

    public QueueSettings Settings { get; set; } = settings;

    public DateTimeOffset Created { get; } = now;

    public DateTimeOffset LastModified { get; set; } = now;

    public DateTimeOffset? LastPurged { get; set; }

    /// <summary>When the service looks at this queue next.</summary>
    public DateTimeOffset? Scheduled { get; set; }

    public int Count => messages.Count;

    public int VisibleCount => visible.Count;

    public int InFlightCount { get; private set; }

    public int DelayedCount => hidden.Count - InFlightCount;

    public StoredMessage? FirstVisible => visible.First;

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
        messages.Add(message.Number, message);
        byAge.Add(message);
        stored.Total += message.StoredBytes;
    }

    public void Remove(StoredMessage message)
    {
        Leave(message);
        byAge.Remove(message);
        messages.Remove(message.Number);
        stored.Total -= message.StoredBytes;
    }

    /// <summary>Makes a message visible that is neither visible nor hidden.</summary>
    public void Show(StoredMessage message)
    {
        message.Place = MessagePlace.Visible;
        visible.Add(message);
    }

    /// <summary>Hides a message that is neither visible nor hidden until an instant.</summary>
    public void Hide(StoredMessage message, DateTimeOffset until, MessagePlace place)
    {
        message.Place = place;
        message.Due = until;
        hidden.Add(message);
        if (place != MessagePlace.InFlight) return;
        InFlightCount++;
        visible.CountInFlight(message);
    }

    /// <summary>Takes a message out of the visible or the hidden ones.</summary>
    public void Leave(StoredMessage message)
    {
        if (message.Place == MessagePlace.Visible)
        {
            visible.Remove(message);
            return;
        }

        hidden.Remove(message);
        if (message.Place != MessagePlace.InFlight) return;
        InFlightCount--;
        visible.CountLanded(message);
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
        foreach (var message in messages.Values) stored.Total -= message.StoredBytes;
        messages.Clear();
        visible.Clear();
        hidden.Clear();
        byAge.Clear();
        InFlightCount = 0;
    }
}
