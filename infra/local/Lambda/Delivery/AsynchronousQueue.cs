using Isobar.Local.Ownership;

namespace Isobar.Local.Lambda.Delivery;

/// <summary>
/// Decides when each asynchronous event is tried, tried again and given up. Owned by a monitor; every instant is an
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
    public AttemptDecision Complete(AsynchronousEvent attempted, AttemptEnd end, DateTimeOffset now)
    {
        InFlight--;
        bytes -= attempted.Bytes;
        attempted.Retries = end.Retries;
        attempted.Failure = end.Failure;
        if (end.Outcome is not null) attempted.Outcome = end.Outcome;
        var decision = Decide(attempted, end.Result, now);
        if (decision.Next is { } next) Keep(attempted, next);
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
            if (now - next.AcceptedAt >= next.Retries.MaximumAge)
            {
                bytes -= next.Bytes;
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
            case AttemptResult.FunctionFailed:
                attempted.Attempts++;
                return Retry(attempted, now);
            case AttemptResult.Deferred:
                return PutOff(attempted, now);
            default:
                throw new ArgumentOutOfRangeException(nameof(result));
        }
    }

    // AWS looks ahead (recorded): an event that would be too old at its next attempt is given up at once.
    private static AttemptDecision Retry(AsynchronousEvent failed, DateTimeOffset now)
    {
        if (failed.Attempts > failed.Retries.MaximumAttempts) return new AttemptDecision(null, "RetriesExhausted");
        failed.Backoff = TimeSpan.Zero;
        var next = now + (failed.Attempts == 1
            ? AsynchronousLimits.FirstRetryDelay
            : AsynchronousLimits.LaterRetryDelay);
        return next < Expiry(failed)
            ? new AttemptDecision(next, null)
            : new AttemptDecision(null, "EventAgeExceeded");
    }

    // A throttled event is looked at when it becomes too old, not later, and kept until then.
    private static AttemptDecision PutOff(AsynchronousEvent throttled, DateTimeOffset now)
    {
        var doubled = throttled.Backoff == TimeSpan.Zero
            ? AsynchronousLimits.FirstBackoff
            : throttled.Backoff * 2;
        throttled.Backoff = doubled < AsynchronousLimits.LastBackoff ? doubled : AsynchronousLimits.LastBackoff;
        var (next, expiry) = (now + throttled.Backoff, Expiry(throttled));
        return new AttemptDecision(next < expiry ? next : expiry, null);
    }

    private static DateTimeOffset Expiry(AsynchronousEvent waiting) =>
        waiting.AcceptedAt + waiting.Retries.MaximumAge;

    // A function's answer may be six times as large as an event: without room for it, the record will miss it.
    private void Keep(AsynchronousEvent kept, DateTimeOffset next)
    {
        if (bytes + kept.Bytes > AsynchronousLimits.MaxBytes) kept.Outcome = null;
        bytes += kept.Bytes;
        Enqueue(kept, next);
    }

    private void Enqueue(AsynchronousEvent queued, DateTimeOffset due) => waiting.Enqueue(queued, (due, ++order));
}
