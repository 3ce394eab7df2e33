using Isobar.Local.History;
using Isobar.Local.Ownership;

namespace Isobar.Local.Services;

/// <summary>
/// What is to be done outside the lock after a change of the queue; <see cref="DeliveryAttempts"/> performs it.
/// </summary>
internal abstract record OutgoingEffect;

/// <summary>Send the event to its target, then report the result to the queue.</summary>
internal sealed record OfferEvent(OutgoingDelivery Delivery) : OutgoingEffect;

/// <summary>Send a failed event to its dead-letter queue, if it has one, then report that to the queue.</summary>
internal sealed record GiveUp(OutgoingDelivery Delivery, DeliveryFailure Failure) : OutgoingEffect;

/// <summary>Record a fact in the journal.</summary>
internal sealed record ReportDelivery(IFact Fact) : OutgoingEffect;

/// <summary>The queue is closed and the last running delivery has ended: complete the task that closes it.</summary>
internal sealed record ReportClosed : OutgoingEffect;

/// <summary>
/// The events that one service still has to deliver to targets: running ones, ready ones that wait because
/// <paramref name="maxUnderWay"/> are running, and failed ones that wait for their next attempt. It is the state of a
/// <see cref="Monitor{TState, TEffect}"/>, or a part of such a state with the same effects (S3).
/// </summary>
/// <param name="maxPending">Limit of deliveries in the queue, including running ones.</param>
/// <param name="maxBytes">Limit of the sum of their payloads, in bytes.</param>
/// <param name="maxUnderWay">Limit of deliveries that run at the same time.</param>
internal sealed class OutgoingQueue(int maxPending, long maxBytes, int maxUnderWay = OutgoingQueue.DefaultUnderWay)
    : ITimedState, IDecidingState<OutgoingEffect>
{
    /// <summary>Deliveries that run at the same time unless a service sets its own limit. This host's choice.</summary>
    public const int DefaultUnderWay = 4;

    private readonly Queue<OutgoingDelivery> ready = [];
    private readonly PriorityQueue<OutgoingDelivery, (DateTimeOffset Due, long Order)> waiting = new();
    private bool closed;
    private long order;

    public Effects<OutgoingEffect> Effects { get; } = new();

    /// <summary>Deliveries that have not ended, including running ones.</summary>
    public int Pending { get; private set; }

    public long PendingBytes { get; private set; }

    /// <summary>Running deliveries: their event is being sent to the target or to the dead-letter queue.</summary>
    public int UnderWay { get; private set; }

    public DateTimeOffset? NextDue => waiting.TryPeek(out _, out var at) ? at.Due : null;

    /// <summary>Whether the limit of deliveries allows this many more; it does not check their size.</summary>
    public bool HasRoomFor(int count) => !closed && Pending + count <= maxPending;

    /// <summary>Adds all of these deliveries, or none of them if a limit would be exceeded.</summary>
    public bool TryAdd(IReadOnlyCollection<OutgoingDelivery> deliveries)
    {
        var bytes = deliveries.Sum(delivery => (long)delivery.Event.Payload.Length);
        if (!HasRoomFor(deliveries.Count) || PendingBytes + bytes > maxBytes) return false;
        Pending += deliveries.Count;
        PendingBytes += bytes;
        foreach (var delivery in deliveries) ready.Enqueue(delivery);
        StartReady();
        return true;
    }

    /// <summary>The target accepted the event.</summary>
    public void Delivered(OutgoingDelivery delivery)
    {
        Effects.Add(new ReportDelivery(new DeliverySucceeded(
            delivery.Event.From.Arn, delivery.EventId, delivery.Target.ToString(), delivery.Event.TraceHeader,
            delivery.Attempts)));
        End(delivery);
    }

    /// <summary>An attempt failed: schedules the next one, or gives the event up if there is none.</summary>
    public void Failed(OutgoingDelivery delivery, DeliveryFailure failure, DateTimeOffset now)
    {
        if (closed || failure.IsPermanent
            || delivery.Pause(delivery.Attempts, now - delivery.Accepted) is not { } pause)
        {
            Effects.Add(new GiveUp(delivery, failure));
            return;
        }

        var due = now + pause;
        waiting.Enqueue(delivery, (due, ++order));
        Effects.Add(new ReportDelivery(new DeliveryFailed(
            delivery.Event.From.Arn, delivery.EventId, delivery.Target.ToString(), delivery.Event.TraceHeader,
            failure.ToString(), due)));
        Finish();
    }

    /// <summary>The effect <see cref="GiveUp"/> has been performed.</summary>
    /// <param name="deadLetterQueue">The queue that has the event; null if there is none, or if sending failed.</param>
    public void GivenUp(OutgoingDelivery delivery, DeliveryFailure failure, Arn? deadLetterQueue)
    {
        Effects.Add(new ReportDelivery(new DeliveryGivenUp(
            delivery.Event.From.Arn, delivery.EventId, delivery.Target.ToString(), delivery.Event.TraceHeader,
            failure.ToString(), delivery.Attempts, deadLetterQueue?.ToString())));
        End(delivery);
    }

    public void OnDue(DateTimeOffset now)
    {
        while (waiting.TryPeek(out var delivery, out var at) && at.Due <= now)
        {
            waiting.Dequeue();
            ready.Enqueue(delivery);
        }

        StartReady();
    }

    /// <summary>Starts no more deliveries, and drops those that are not running.</summary>
    public void Close()
    {
        closed = true;
        while (ready.TryDequeue(out var delivery)) Remove(delivery);
        while (waiting.TryDequeue(out var delivery, out _)) Remove(delivery);
        if (UnderWay == 0) Effects.Add(new ReportClosed());
    }

    private void StartReady()
    {
        while (!closed && UnderWay < maxUnderWay && ready.TryDequeue(out var delivery))
        {
            UnderWay++;
            delivery.Attempts++;
            Effects.Add(new OfferEvent(delivery));
        }
    }

    private void End(OutgoingDelivery delivery)
    {
        Remove(delivery);
        Finish();
    }

    private void Finish()
    {
        UnderWay--;
        StartReady();
        if (closed && UnderWay == 0) Effects.Add(new ReportClosed());
    }

    private void Remove(OutgoingDelivery delivery)
    {
        Pending--;
        PendingBytes -= delivery.Event.Payload.Length;
    }
}
