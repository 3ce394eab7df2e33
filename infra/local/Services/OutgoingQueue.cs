using Isobar.Local.Ownership;

namespace Isobar.Local.Services;

/// <summary>
/// The deliveries that wait: some ready to be offered, some until their next attempt is due. Workers park here, so that
/// nothing polls.
/// </summary>
/// <param name="maxPending">Deliveries held, those being offered included.</param>
/// <param name="maxBytes">The payloads of those, together.</param>
internal sealed class OutgoingQueue(int maxPending, long maxBytes, Activity activity) : ITimedState
{
    private readonly Queue<OutgoingDelivery> ready = [];
    private readonly PriorityQueue<OutgoingDelivery, (DateTimeOffset Due, long Order)> waiting = new();
    private readonly Queue<TaskCompletionSource<OutgoingDelivery?>> parked = [];
    private bool closed;
    private long order;

    /// <summary>Deliveries that are not made yet, those being offered included.</summary>
    public int Pending { get; private set; }

    public long PendingBytes { get; private set; }

    public DateTimeOffset? NextDue => waiting.TryPeek(out _, out var at) ? at.Due : null;

    /// <summary>Takes all deliveries, or none when there is no room for them.</summary>
    public bool TryAdd(IReadOnlyCollection<OutgoingDelivery> deliveries)
    {
        var bytes = deliveries.Sum(delivery => (long)delivery.Event.Payload.Length);
        if (closed || Pending + deliveries.Count > maxPending || PendingBytes + bytes > maxBytes) return false;
        Pending += deliveries.Count;
        PendingBytes += bytes;
        foreach (var delivery in deliveries) Offer(delivery);
        return true;
    }

    /// <summary>The next delivery to try, now or when there is one; null once the queue is closed.</summary>
    public Task<OutgoingDelivery?> Take()
    {
        if (closed) return Task.FromResult<OutgoingDelivery?>(null);
        if (ready.TryDequeue(out var delivery)) return Task.FromResult<OutgoingDelivery?>(delivery);
        var source = new TaskCompletionSource<OutgoingDelivery?>(TaskCreationOptions.RunContinuationsAsynchronously);
        parked.Enqueue(source);
        return source.Task;
    }

    /// <summary>
    /// Puts a delivery off until its next attempt. It stays work for the one who asks: its timer is armed only after
    /// this message, and a clock that jumped in between would pass it by.
    /// </summary>
    /// <returns>When that is due; null when there is none: the worker ends the delivery.</returns>
    public DateTimeOffset? Failed(OutgoingDelivery delivery, DeliveryFailure failure, DateTimeOffset now)
    {
        if (closed || failure.IsLasting || delivery.Pause(delivery.Attempts, now - delivery.Accepted) is not { } pause)
            return null;
        var due = now + pause;
        waiting.Enqueue(delivery, (due, ++order));
        return due;
    }

    /// <summary>A delivery was made or given up.</summary>
    public void End(OutgoingDelivery delivery)
    {
        Pending--;
        PendingBytes -= delivery.Event.Payload.Length;
        delivery.Work?.Dispose();
    }

    public void OnDue(DateTimeOffset now)
    {
        while (waiting.TryPeek(out var delivery, out var at) && at.Due <= now)
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
        while (waiting.TryDequeue(out var delivery, out _)) End(delivery);
    }

    private void Offer(OutgoingDelivery delivery)
    {
        delivery.Attempts++;
        delivery.Work = activity.Begin();
        if (parked.TryDequeue(out var worker)) worker.SetResult(delivery);
        else ready.Enqueue(delivery);
    }
}
