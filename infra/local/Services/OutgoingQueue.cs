using Isobar.Local.History;
using Isobar.Local.Ownership;

namespace Isobar.Local.Services;

/// <summary>What a queue of deliveries decides; <see cref="DeliveryAttempts"/> performs it.</summary>
internal abstract record OutgoingEffect;

/// <summary>Offer the event to its target, and tell the queue how that ended.</summary>
internal sealed record OfferEvent(OutgoingDelivery Delivery) : OutgoingEffect;

/// <summary>Offer the event to its dead-letter queue, if it has one, then tell the queue so.</summary>
internal sealed record GiveUp(OutgoingDelivery Delivery, DeliveryFailure Failure) : OutgoingEffect;

/// <summary>Record a fact in the journal.</summary>
internal sealed record ReportDelivery(IFact Fact) : OutgoingEffect;

/// <summary>Tell whoever closes the queue that no delivery is under way any more.</summary>
internal sealed record ReportClosed : OutgoingEffect;

/// <summary>
/// The deliveries of one service: some under way, some ready because no more may be under way, some until their next
/// attempt is due. A state, or a part of one that has the same effects.
/// </summary>
/// <param name="maxPending">Deliveries held, those under way included.</param>
/// <param name="maxBytes">The payloads of those, together.</param>
/// <param name="maxUnderWay">Deliveries that are offered at the same time.</param>
internal sealed class OutgoingQueue(int maxPending, long maxBytes, int maxUnderWay = OutgoingQueue.DefaultUnderWay)
    : ITimedState, IDecidingState<OutgoingEffect>
{
    /// <summary>Deliveries under way at a time, unless a service says otherwise. This host's number.</summary>
    public const int DefaultUnderWay = 4;

    private readonly Queue<OutgoingDelivery> ready = [];
    private readonly PriorityQueue<OutgoingDelivery, (DateTimeOffset Due, long Order)> waiting = new();
    private bool closed;
    private long order;

    public Effects<OutgoingEffect> Effects { get; } = new();

    /// <summary>Deliveries that have not ended, those under way included.</summary>
    public int Pending { get; private set; }

    public long PendingBytes { get; private set; }

    /// <summary>Deliveries that are being offered to their target or their dead-letter queue.</summary>
    public int UnderWay { get; private set; }

    public DateTimeOffset? NextDue => waiting.TryPeek(out _, out var at) ? at.Due : null;

    /// <summary>Whether there is room for some deliveries more, whatever their size.</summary>
    public bool HasRoomFor(int count) => !closed && Pending + count <= maxPending;

    /// <summary>Takes all deliveries, or none when there is no room for them.</summary>
    public bool TryAdd(IReadOnlyCollection<OutgoingDelivery> deliveries)
    {
        var bytes = deliveries.Sum(delivery => (long)delivery.Event.Payload.Length);
        if (!HasRoomFor(deliveries.Count) || PendingBytes + bytes > maxBytes) return false;
        Pending += deliveries.Count;
        PendingBytes += bytes;
        foreach (var delivery in deliveries) ready.Enqueue(delivery);
        Begin();
        return true;
    }

    /// <summary>The target has taken the event.</summary>
    public void Delivered(OutgoingDelivery delivery)
    {
        Effects.Add(new ReportDelivery(new DeliverySucceeded(
            delivery.Event.From.Arn, delivery.EventId, delivery.Target.ToString(), delivery.Event.TraceHeader,
            delivery.Attempts)));
        End(delivery);
    }

    /// <summary>The target has not taken the event: it is put off until its next attempt, or given up.</summary>
    public void Failed(OutgoingDelivery delivery, DeliveryFailure failure, DateTimeOffset now)
    {
        if (closed || failure.IsLasting || delivery.Pause(delivery.Attempts, now - delivery.Accepted) is not { } pause)
        {
            Effects.Add(new GiveUp(delivery, failure));
            return;
        }

        var due = now + pause;
        waiting.Enqueue(delivery, (due, ++order));
        Effects.Add(new ReportDelivery(new DeliveryFailed(
            delivery.Event.From.Arn, delivery.EventId, delivery.Target.ToString(), delivery.Event.TraceHeader,
            failure.ToString(), due)));
        Leave();
    }

    /// <summary>A delivery was given up.</summary>
    /// <param name="deadLetterQueue">What has the event now; null when there is none, or it refused too.</param>
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

        Begin();
    }

    /// <summary>Begins nothing more; what is not under way is not delivered.</summary>
    public void Close()
    {
        closed = true;
        while (ready.TryDequeue(out var delivery)) Forget(delivery);
        while (waiting.TryDequeue(out var delivery, out _)) Forget(delivery);
        if (UnderWay == 0) Effects.Add(new ReportClosed());
    }

    private void Begin()
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
        Forget(delivery);
        Leave();
    }

    private void Leave()
    {
        UnderWay--;
        Begin();
        if (closed && UnderWay == 0) Effects.Add(new ReportClosed());
    }

    private void Forget(OutgoingDelivery delivery)
    {
        Pending--;
        PendingBytes -= delivery.Event.Payload.Length;
    }
}
