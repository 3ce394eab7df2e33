using Isobar.Local.History;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Delivery;

/// <summary>Asynchronous invocation: takes events over and makes the attempts that the queue decides on.</summary>
internal sealed class AsynchronousDelivery : IAsynchronousOutbox, IDisposable
{
    private readonly ServiceContext context;
    private readonly Invoker invoker;
    private readonly FunctionDirectory functions;
    private readonly Func<ResolvedFunction, EventInvokeConfig> configOf;
    private readonly Destinations destinations;
    private readonly Journal journal;
    private readonly Monitor<AsynchronousQueue> queue;
    private readonly Activity attempts = new();

    /// <param name="configOf">What is configured for a function's events, or the standard.</param>
    public AsynchronousDelivery(
        ServiceContext context, Invoker invoker, FunctionDirectory functions,
        Func<ResolvedFunction, EventInvokeConfig> configOf, Destinations destinations)
    {
        (this.context, this.invoker, this.functions, this.configOf, this.destinations) =
            (context, invoker, functions, configOf, destinations);
        journal = context.Journal;
        queue = new Monitor<AsynchronousQueue>(
            "lambda asynchronous events", new AsynchronousQueue(this), context.Clock);
    }

    /// <summary>Takes an event over: from now on it is tried until it succeeds or is given up.</summary>
    /// <param name="request">Its payload must stay as it is: the queue holds on to it.</param>
    /// <exception cref="AwsException">ServiceException: the queue is full.</exception>
    public void Accept(ResolvedFunction function, InvocationRequest request)
    {
        var retries = configOf(function).Retries;
        var background = request with { Priority = InvocationPriority.Background };
        if (!queue.Ask((state, now) => state.Accept(new AsynchronousEvent(function, background, retries, now))))
            throw LambdaErrors.Service("The queue of asynchronous events is full on this host.");
    }

    /// <summary>Starts no more attempts and waits for those under way.</summary>
    /// <param name="bound">Real time.</param>
    public async ValueTask StopAsync(TimeSpan bound)
    {
        var abandoned = queue.Ask((state, _) => state.Stop());
        await attempts.WaitForQuietAsync(bound, CancellationToken.None);
        if (abandoned > 0) journal.Record(new AsynchronousEventsAbandoned(abandoned));
    }

    public void Dispose() => queue.Dispose();

    void IAsynchronousOutbox.Queued(AsynchronousEvent queued) => journal.Record(
        new EventQueued(queued.Request.RequestId, queued.FunctionName, queued.Request.Payload.Length));

    void IAsynchronousOutbox.Start(AsynchronousEvent started) => Begin(started, AttemptAsync);

    void IAsynchronousOutbox.Expire(AsynchronousEvent expired) => Begin(expired, old =>
    {
        Drop(old, "EventAgeExceeded", functions.Current(old.Function));
        return ValueTask.CompletedTask;
    });

    // The leases are held until the queue knows how the attempt ended and what it owes to destinations is on its way,
    // so no jump of the clock falls in between.
    private void Begin(AsynchronousEvent begun, Func<AsynchronousEvent, ValueTask> work)
    {
        var (lease, running) = (context.Activity.Begin(), attempts.Begin());
        ThreadPool.UnsafeQueueUserWorkItem(static work => Run(work.Event, work.Work, work.Lease, work.Running),
            (Event: begun, Work: work, Lease: lease, Running: running), preferLocal: false);
    }

    // A failure of the bookkeeping itself has nobody to be told to, and ends the host.
    private static async void Run(
        AsynchronousEvent begun, Func<AsynchronousEvent, ValueTask> work, Activity.Lease lease, Activity.Lease running)
    {
        using (running)
        using (lease) await work(begun);
    }

    private async ValueTask AttemptAsync(AsynchronousEvent attempted)
    {
        if (functions.Current(attempted.Function) is { ReservedConcurrency: 0 } off)
        {
            Settle(attempted, AttemptResult.ZeroReservedConcurrency, EventFailure.Throttled);
            Drop(attempted, "ZeroReservedConcurrency", off);
            return;
        }

        InvocationOutcome outcome;
        try
        {
            outcome = await invoker.InvokeAsync(attempted.Function, attempted.Request, CancellationToken.None);
        }
        catch (AwsException e)
        {
            Defer(attempted, e.Code, new EventFailure(e.Status, e.Message));
            return;
        }
        catch (Exception e)
        {
            // Anything unforeseen is Lambda's own failure, which AWS answers by trying again.
            journal.Record(new RequestFaulted(attempted.Request.RequestId, "lambda", e.ToString()));
            Defer(attempted, e.GetType().Name, new EventFailure(500, "Internal failure."));
            return;
        }

        Conclude(attempted, outcome);
    }

    private void Conclude(AsynchronousEvent attempted, InvocationOutcome outcome)
    {
        var (requestId, function) = (attempted.Request.RequestId, attempted.FunctionName);
        if (outcome.FunctionError is null)
        {
            Settle(attempted, AttemptResult.Succeeded, default, outcome);
            journal.Record(new AsynchronousEventSucceeded(requestId, function, attempted.Attempts));
            Send(attempted, EndedEvent.Success, functions.Current(attempted.Function));
            return;
        }

        var attempt = attempted.Attempts + 1;
        var decision = Settle(
            attempted, AttemptResult.FunctionFailed, EventFailure.Of(outcome.Payload), outcome);
        journal.Record(new AsynchronousAttemptFailed(requestId, function, attempt, outcome.ErrorType, decision.Next));
        if (decision.Dropped is { } condition) Drop(attempted, condition, functions.Current(attempted.Function));
    }

    private void Defer(AsynchronousEvent attempted, string reason, EventFailure failure)
    {
        var decision = Settle(attempted, AttemptResult.Deferred, failure);
        journal.Record(new AsynchronousAttemptDeferred(
            attempted.Request.RequestId, attempted.FunctionName, reason, decision.Next!.Value));
    }

    private AttemptDecision Settle(
        AsynchronousEvent attempted, AttemptResult result, EventFailure failure = default,
        InvocationOutcome? outcome = null)
    {
        var retries = configOf(attempted.Function).Retries;
        return queue.Ask((state, now) =>
            state.Complete(attempted, new AttemptEnd(result, retries, failure, outcome), now));
    }

    /// <summary>The one place where a failed event leaves.</summary>
    private void Drop(AsynchronousEvent dropped, string condition, DeployedFunction? function)
    {
        journal.Record(new AsynchronousEventDropped(
            dropped.Request.RequestId, dropped.FunctionName, condition, dropped.Attempts));
        Send(dropped, condition, function);
    }

    // The queue has let go of the event: nobody else changes it any more.
    private void Send(AsynchronousEvent ended, string condition, DeployedFunction? function) =>
        destinations.Send(
            new EndedEvent(ended.Function, ended.Request, condition, ended.Attempts, ended.Outcome,
                context.Clock.GetUtcNow()),
            function, configOf(ended.Function), ended.Failure);
}
