using Isobar.Local.History;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Lambda.Delivery;

/// <summary>One event in the queue of asynchronous invocations. Owned by <see cref="AsynchronousQueue"/>.</summary>
internal sealed class AsynchronousEvent(
    ResolvedFunction function, InvocationRequest request, RetryPolicy retries, DateTimeOffset acceptedAt)
{
    public ResolvedFunction Function => function;

    public string FunctionName => function.Name;

    /// <summary>The same for every attempt, and so is its request id.</summary>
    public InvocationRequest Request => request;

    /// <summary>When the caller got its 202.</summary>
    public DateTimeOffset AcceptedAt => acceptedAt;

    /// <summary>As configured when the event was taken over, then when its latest attempt ended.</summary>
    public RetryPolicy Retries { get; set; } = retries;

    /// <summary>
    /// What the latest attempt that reached the function came to; null before any, or when there was no room to keep
    /// it.
    /// </summary>
    public InvocationOutcome? Outcome { get; set; }

    /// <summary>
    /// Why the latest try failed, whether it reached the function or not. Before any it waits for its turn.
    /// </summary>
    public EventFailure Failure { get; set; } = EventFailure.Throttled;

    /// <summary>What the event takes of the queue's bytes.</summary>
    public long Bytes => request.Payload.Length + (Outcome?.Payload.Length ?? 0);

    /// <summary>Attempts that reached the function. A throttled one is none.</summary>
    public int Attempts { get; set; }

    /// <summary>The latest wait after a throttle or a service error; zero before any.</summary>
    public TimeSpan Backoff { get; set; }
}

/// <summary>How an attempt to invoke ended.</summary>
internal enum AttemptResult
{
    /// <summary>The function returned.</summary>
    Succeeded,

    /// <summary>The function threw, timed out or exited: counts against the retries.</summary>
    FunctionFailed,

    /// <summary>A 429 or a 5xx before the function ran: back to the queue, not counted.</summary>
    Deferred,

    /// <summary>The function's reserved concurrency is zero, so no attempt can ever be made.</summary>
    ZeroReservedConcurrency,
}

/// <summary>An attempt that ended.</summary>
/// <param name="Retries">As configured now.</param>
/// <param name="Failure">Why it failed; not asked for when it succeeded.</param>
/// <param name="Outcome">What the function answered, when it was reached.</param>
internal readonly record struct AttemptEnd(
    AttemptResult Result, RetryPolicy Retries, EventFailure Failure = default, InvocationOutcome? Outcome = null)
{
    /// <summary>The code of the error that kept the function from being reached, for the journal.</summary>
    public string Reason { get; init; } = "";
}

/// <summary>What an ended attempt means for its event.</summary>
/// <param name="Next">When it is tried again, or null when the queue is done with it.</param>
/// <param name="Dropped">AWS's condition (<c>RetriesExhausted</c>, …) when it failed for good.</param>
internal readonly record struct AttemptDecision(DateTimeOffset? Next, string? Dropped);

/// <summary>What the queue of asynchronous events decides.</summary>
internal abstract record AsynchronousEffect;

/// <summary>Record a fact in the journal.</summary>
internal sealed record ReportEvent(IFact Fact) : AsynchronousEffect;

/// <summary>Invoke the function, and tell the queue by <see cref="AsynchronousQueue.Complete"/> how that
/// ended.</summary>
internal sealed record MakeAttempt(AsynchronousEvent Event) : AsynchronousEffect;

/// <summary>The queue has let go of the event: send what its destinations are to receive.</summary>
/// <param name="Condition">As in <see cref="EndedEvent"/>.</param>
internal sealed record EndEvent(AsynchronousEvent Event, string Condition, DateTimeOffset At) : AsynchronousEffect;

/// <summary>Tell whoever stopped the queue that no attempt is under way any more.</summary>
internal sealed record ReportStopped : AsynchronousEffect;
