using Isobar.Local.History;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Delivery;

/// <summary>Asynchronous invocation: takes events over and makes the attempts that the queue decides on.</summary>
internal sealed class AsynchronousDelivery : IDisposable
{
    private readonly Invoker invoker;
    private readonly FunctionDirectory functions;
    private readonly Func<ResolvedFunction, EventInvokeConfig> configOf;
    private readonly Destinations destinations;
    private readonly Journal journal;
    private readonly ServiceContext context;
    private readonly Monitor<AsynchronousQueue, AsynchronousEffect> queue;
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="configOf">What is configured for a function's events, or the standard.</param>
    public AsynchronousDelivery(
        ServiceContext context, Invoker invoker, FunctionDirectory functions,
        Func<ResolvedFunction, EventInvokeConfig> configOf, Destinations destinations)
    {
        (this.invoker, this.functions, this.configOf, this.destinations) =
            (invoker, functions, configOf, destinations);
        this.context = context;
        journal = context.Journal;
        queue = new Monitor<AsynchronousQueue, AsynchronousEffect>(
            "lambda asynchronous events", new AsynchronousQueue(), context.Clock, Perform);
    }

    /// <summary>Takes an event over: from now on it is tried until it succeeds or is given up.</summary>
    /// <param name="request">Its payload must stay as it is: the queue holds on to it.</param>
    /// <exception cref="AwsException">ServiceException: the queue is full.</exception>
    public void Accept(ResolvedFunction function, InvocationRequest request)
    {
        var retries = configOf(function).Retries;
        var background = request with
        {
            Caller = InvocationCaller.AsynchronousEvent, Priority = InvocationPriority.Background,
        };
        if (!queue.Ask((state, now) => state.Accept(new AsynchronousEvent(function, background, retries, now))))
            throw LambdaErrors.Service("The queue of asynchronous events is full on this host.");
    }

    /// <summary>Starts no more attempts and waits for those under way.</summary>
    /// <param name="bound">Real time.</param>
    public async ValueTask StopAsync(TimeSpan bound)
    {
        var abandoned = queue.Ask((state, _) => state.Stop());
        try
        {
            await stopped.Task.WaitAsync(bound);
        }
        catch (TimeoutException)
        {
            // What still runs ends with its environment.
        }

        if (abandoned > 0) journal.Record(new AsynchronousEventsAbandoned(abandoned));
    }

    public void Dispose() => queue.Dispose();

    private void Perform(AsynchronousEffect effect, Activity.Lease lease)
    {
        switch (effect)
        {
            case ReportEvent report:
                journal.Record(report.Fact);
                break;
            case MakeAttempt attempt:
                // A failure of the bookkeeping itself is a defect, and ends the host.
                ThreadPool.UnsafeQueueUserWorkItem(static async work =>
                {
                    using (work.Lease) await work.Delivery.AttemptAsync(work.Event);
                }, (Delivery: this, attempt.Event, Lease: lease.TakeOver()), preferLocal: false);
                break;
            case EndEvent end:
                Send(end);
                break;
            case ReportStopped:
                stopped.TrySetResult();
                break;
        }
    }

    private async ValueTask AttemptAsync(AsynchronousEvent attempted)
    {
        if (functions.Current(attempted.Function) is { ReservedConcurrency: 0 })
        {
            Complete(attempted, AttemptResult.ZeroReservedConcurrency, EventFailure.Throttled);
            return;
        }

        // Of each attempt, from the queue on. Source: AWS Lambda Developer Guide, AsyncEventAge.
        var age = context.Clock.GetUtcNow() - attempted.AcceptedAt;
        foreach (var datum in FunctionMetrics.OfFunction(
            "AsyncEventAge", attempted.Function.Name, age.TotalMilliseconds, MetricUnit.Milliseconds))
            context.Metrics.Record(datum);
        InvocationOutcome outcome;
        try
        {
            outcome = await invoker.InvokeAsync(
                attempted.Function, attempted.Request, CancellationToken.None);
        }
        catch (AwsException e)
        {
            Complete(attempted, AttemptResult.Deferred, new EventFailure(e.Status, e.Message), reason: e.Code);
            return;
        }
        catch (Exception e)
        {
            // Anything unforeseen is Lambda's own failure, which AWS answers by trying again.
            journal.Record(new RequestFaulted(attempted.Request.RequestId, "lambda", e.ToString()));
            Complete(attempted, AttemptResult.Deferred, new EventFailure(500, "Internal failure."),
                reason: e.GetType().Name);
            return;
        }

        if (outcome.FunctionError is null) Complete(attempted, AttemptResult.Succeeded, default, outcome);
        else Complete(attempted, AttemptResult.FunctionFailed, EventFailure.Of(outcome.Payload), outcome);
    }

    private void Complete(
        AsynchronousEvent attempted, AttemptResult result, EventFailure failure, InvocationOutcome? outcome = null,
        string reason = "")
    {
        var end = new AttemptEnd(result, configOf(attempted.Function).Retries, failure, outcome)
        {
            Reason = reason,
        };
        queue.Ask((state, now) => state.Complete(attempted, end, now));
    }

    // The queue has let go of the event: nobody else changes it any more.
    private void Send(EndEvent end)
    {
        var ended = end.Event;
        destinations.Send(
            new EndedEvent(ended.Function, ended.Request, end.Condition, ended.Attempts, ended.Outcome, end.At),
            functions.Current(ended.Function), configOf(ended.Function), ended.Failure);
    }
}
