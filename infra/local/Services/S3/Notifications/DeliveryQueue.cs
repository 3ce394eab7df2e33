using Isobar.Local.Ownership;

namespace Isobar.Local.Services.S3.Notifications;

/// <summary>An event on its way to its target.</summary>
internal sealed class Delivery(ObjectEvent happened)
{
    public ObjectEvent Event { get; } = happened;

    /// <summary>How often it was offered to the target.</summary>
    public int Attempts { get; set; }

    /// <summary>Held while it is ready or being offered, so that the clock is not moved meanwhile.</summary>
    public Activity.Lease? Work { get; set; }
}

/// <summary>
/// The events that wait: some ready to be offered, some until their next attempt is due. Workers park here, so that
/// nothing polls. Part of S3's state.
/// </summary>
internal sealed class DeliveryQueue(S3Limits limits, Activity activity)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly Queue<Delivery> ready = [];
    private readonly PriorityQueue<Delivery, (DateTimeOffset, long)> waiting = new();
    private readonly Queue<TaskCompletionSource<Delivery?>> parked = [];
    private bool closed;
    private long order;

    /// <summary>Events that are not delivered yet, those being offered included.</summary>
    public int Pending { get; private set; }

    /// <summary>When the earliest retry is due.</summary>
    public DateTimeOffset? NextDue => waiting.TryPeek(out _, out var at) ? at.Item1 : null;

    /// <exception cref="Wire.AwsException">SlowDown: there is no room for so many events more.</exception>
    public void MakeSure(int count)
    {
        if (count > 0 && Pending + count > limits.MaxPendingEvents) throw S3Errors.SlowDown();
    }

    public void Add(ObjectEvent happened)
    {
        Pending++;
        Offer(new Delivery(happened));
    }

    /// <summary>The next delivery to try, now or when there is one; null once the queue is closed.</summary>
    public Task<Delivery?> Take()
    {
        if (closed) return Task.FromResult<Delivery?>(null);
        if (ready.TryDequeue(out var delivery)) return Task.FromResult<Delivery?>(delivery);
        var source = new TaskCompletionSource<Delivery?>(TaskCreationOptions.RunContinuationsAsynchronously);
        parked.Enqueue(source);
        return source.Task;
    }

    /// <summary>The target has taken the event.</summary>
    public void Delivered(Delivery delivery) => End(delivery);

    /// <summary>The target has not taken the event: it is tried again after 1, 2, 4 … at most 60 s, or given
    /// up. It stays work for the one who asks: the timer of the next attempt is armed only after this message, and a
    /// clock that jumped in between would pass it by.</summary>
    /// <returns>When the next attempt is due; null when there will be none.</returns>
    public DateTimeOffset? Failed(Delivery delivery, DateTimeOffset now)
    {
        if (delivery.Attempts >= limits.MaxDeliveryAttempts || closed)
        {
            Pending--;
            return null;
        }

        var pause = FirstPause * Math.Pow(2, Math.Min(delivery.Attempts - 1, 10));
        var due = now + (pause < LongestPause ? pause : LongestPause);
        waiting.Enqueue(delivery, (due, ++order));
        return due;
    }

    public void OnDue(DateTimeOffset now)
    {
        while (waiting.TryPeek(out var delivery, out var at) && at.Item1 <= now)
        {
            waiting.Dequeue();
            Offer(delivery);
        }
    }

    /// <summary>Sends the workers home; what is left is not delivered.</summary>
    public void Close()
    {
        closed = true;
        while (parked.TryDequeue(out var worker)) worker.SetResult(null);
        while (ready.TryDequeue(out var delivery)) End(delivery);
        waiting.Clear();
    }

    private void Offer(Delivery delivery)
    {
        if (closed) return;
        delivery.Attempts++;
        delivery.Work = activity.Begin();
        if (parked.TryDequeue(out var worker)) worker.SetResult(delivery);
        else ready.Enqueue(delivery);
    }

    private void End(Delivery delivery)
    {
        Pending--;
        delivery.Work?.Dispose();
    }
}
