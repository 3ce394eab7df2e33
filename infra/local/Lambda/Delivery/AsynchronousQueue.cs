using Isobar.Local.Ownership;

namespace Isobar.Local.Lambda.Delivery;

/// <summary>
/// Decides when each asynchronous event is tried, tried again and given up. Owned by a mailbox; every instant is an
/// argument, and what is to happen goes to the outbox.
/// </summary>
/// <remarks>
/// Delivery is at least once and in no order, but a first attempt is made in the order of acceptance.
/// </remarks>
internal sealed class AsynchronousQueue(IAsynchronousOutbox outbox) : ITimedState
{
    private readonly PriorityQueue<AsynchronousEvent, (DateTimeOffset Due, long Order)> waiting = new();
    private long order;
    private long bytes;
    private bool stopped;

    /// <summary>Events held: waiting for an attempt or in one.</summary>
    public int Count => waiting.Count + InFlight;

    /// <summary>Attempts under way.</summary>
    public int InFlight { get; private set; }

    public DateTimeOffset? NextDue =>
        !stopped && InFlight < AsynchronousLimits.MaxInFlight && waiting.TryPeek(out _, out var first)
            ? first.Due
            : null;

    /// <summary>Takes an event over and starts its first attempt as soon as there is room.</summary>
    /// <returns>False when the queue is full or stopped; the event is still the caller's then.</returns>
    public bool Accept(AsynchronousEvent accepted)
    {
        if (stopped || Count >= AsynchronousLimits.MaxEvents
            || bytes + accepted.Request.Payload.Length > AsynchronousLimits.MaxBytes) return false;
        bytes += accepted.Request.Payload.Length;
        Enqueue(accepted, accepted.AcceptedAt);
        outbox.Queued(accepted);
        OnDue(accepted.AcceptedAt);
        return true;
    }

    /// <summary>Takes note of how an attempt ended.</summary>
    public AttemptDecision Complete(AsynchronousEvent attempted, AttemptResult result, DateTimeOffset now)
    {
        InFlight--;
        var decision = Decide(attempted, result, now);
        if (decision.Next is { } next) Enqueue(attempted, next);
        else bytes -= attempted.Request.Payload.Length;
        OnDue(now);
        return decision;
    }

    /// <summary>Starts nothing more.</summary>
    /// <returns>How many events will never be tried again.</returns>
    public int Stop()
    {
        stopped = true;
        return waiting.Count;
    }

    public void OnDue(DateTimeOffset now)
    {
        while (NextDue <= now)
        {
            var next = waiting.Dequeue();
            if (now - next.AcceptedAt >= AsynchronousLimits.MaximumEventAge)
            {
                bytes -= next.Request.Payload.Length;
                outbox.Expire(next);
                continue;
            }

            InFlight++;
            outbox.Start(next);
        }
    }

    private static AttemptDecision Decide(AsynchronousEvent attempted, AttemptResult result, DateTimeOffset now)
    {
        switch (result)
        {
            case AttemptResult.Succeeded:
                attempted.Attempts++;
                return default;
            case AttemptResult.ZeroReservedConcurrency:
                return new AttemptDecision(null, "ZeroReservedConcurrency");
            case AttemptResult.FunctionFailed when ++attempted.Attempts > AsynchronousLimits.MaximumRetryAttempts:
                return new AttemptDecision(null, "RetriesExhausted");
            case AttemptResult.FunctionFailed:
                attempted.Backoff = TimeSpan.Zero;
                return Later(attempted, now + (attempted.Attempts == 1
                    ? AsynchronousLimits.FirstRetryDelay
                    : AsynchronousLimits.LaterRetryDelay));
            case AttemptResult.Deferred:
                var doubled = attempted.Backoff == TimeSpan.Zero
                    ? AsynchronousLimits.FirstBackoff
                    : attempted.Backoff * 2;
                attempted.Backoff = doubled < AsynchronousLimits.LastBackoff ? doubled : AsynchronousLimits.LastBackoff;
                return Later(attempted, now + attempted.Backoff);
            default:
                throw new ArgumentOutOfRangeException(nameof(result));
        }
    }

    // An event that would be too old at its next attempt is looked at when it becomes too old, not later.
    private static AttemptDecision Later(AsynchronousEvent attempted, DateTimeOffset next)
    {
        var expiry = attempted.AcceptedAt + AsynchronousLimits.MaximumEventAge;
        return new AttemptDecision(next < expiry ? next : expiry, null);
    }

    private void Enqueue(AsynchronousEvent queued, DateTimeOffset due) => waiting.Enqueue(queued, (due, ++order));
}
