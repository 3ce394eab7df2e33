using Isobar.Local.History;
using Isobar.Local.Ownership;

namespace Isobar.Local.Lambda.Delivery;

/// <summary>
/// Decides when each asynchronous event is tried, tried again and given up. Owned by a monitor; every instant is an
/// argument.
/// </summary>
/// <remarks>
/// Delivery is at least once and in no order, but a first attempt is made in the order of acceptance.
/// </remarks>
internal sealed class AsynchronousQueue : ITimedState, IDecidingState<AsynchronousEffect>
{
    private readonly PriorityQueue<AsynchronousEvent, (DateTimeOffset Due, long Order)> waiting = new();
    private long order;
    private long bytes;
    private bool stopped;

    public Effects<AsynchronousEffect> Effects { get; } = new();

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
        Report(new EventQueued(accepted.Request.RequestId, accepted.FunctionName, accepted.Request.Payload.Length)
        {
            TraceId = accepted.Request.TraceId,
        });
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
        Report(attempted, end, decision);
        if (end.Result == AttemptResult.Succeeded) Effects.Add(new EndEvent(attempted, EndedEvent.Success, now));
        else if (decision.Dropped is { } condition) Drop(attempted, condition, now);
        OnDue(now);
        if (stopped && InFlight == 0) Effects.Add(new ReportStopped());
        return decision;
    }

    /// <summary>Starts nothing more.</summary>
    /// <returns>How many events will never be tried again.</returns>
    public int Stop()
    {
        stopped = true;
        if (InFlight == 0) Effects.Add(new ReportStopped());
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
                Drop(next, "EventAgeExceeded", now);
                continue;
            }

            InFlight++;
            Effects.Add(new MakeAttempt(next));
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

    private void Report(IFact fact) => Effects.Add(new ReportEvent(fact));

    private void Report(AsynchronousEvent attempted, AttemptEnd end, AttemptDecision decision)
    {
        var (requestId, function, trace) =
            (attempted.Request.RequestId, attempted.FunctionName, attempted.Request.TraceId);
        switch (end.Result)
        {
            case AttemptResult.Succeeded:
                Report(new AsynchronousEventSucceeded(requestId, function, attempted.Attempts) { TraceId = trace });
                break;
            case AttemptResult.FunctionFailed:
                Report(new AsynchronousAttemptFailed(
                    requestId, function, attempted.Attempts, end.Outcome?.ErrorType, decision.Next)
                {
                    TraceId = trace,
                });
                break;
            case AttemptResult.Deferred:
                Report(new AsynchronousAttemptDeferred(requestId, function, end.Reason, decision.Next!.Value)
                {
                    TraceId = trace,
                });
                break;
        }
    }

    /// <summary>The one place where a failed event leaves.</summary>
    private void Drop(AsynchronousEvent dropped, string condition, DateTimeOffset now)
    {
        Report(new AsynchronousEventDropped(
            dropped.Request.RequestId, dropped.FunctionName, condition, dropped.Attempts)
        {
            TraceId = dropped.Request.TraceId,
        });
        Effects.Add(new EndEvent(dropped, condition, now));
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
