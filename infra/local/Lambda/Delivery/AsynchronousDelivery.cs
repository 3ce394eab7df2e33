using Isobar.Local.History;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Delivery;

/// <summary>Asynchronous invocation: takes events over and makes the attempts that the queue decides on.</summary>
internal sealed class AsynchronousDelivery : IAsynchronousOutbox, IDisposable
{
    private readonly Invoker invoker;
    private readonly Func<string, DeployedFunction?> find;
    private readonly Activity activity;
    private readonly Journal journal;
    private readonly Mailbox<AsynchronousQueue> queue;
    private readonly Activity attempts = new();

    /// <param name="find">The function of a name, or null.</param>
    public AsynchronousDelivery(
        Invoker invoker, Func<string, DeployedFunction?> find, ServiceClock clock, Activity activity, Journal journal)
    {
        this.invoker = invoker;
        this.find = find;
        this.activity = activity;
        this.journal = journal;
        queue = new Mailbox<AsynchronousQueue>("lambda asynchronous events", new AsynchronousQueue(this), clock);
    }

    /// <summary>Takes an event over: from now on it is tried until it succeeds or is given up.</summary>
    /// <param name="request">Its payload must stay as it is: the queue holds on to it.</param>
    /// <exception cref="AwsException">ServiceException: the queue is full.</exception>
    public void Accept(string functionName, InvocationRequest request)
    {
        if (!queue.Ask((state, now) => state.Accept(new AsynchronousEvent(functionName, request, now))))
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

    void IAsynchronousOutbox.Start(AsynchronousEvent started)
    {
        var (lease, running) = (activity.Begin(), attempts.Begin());
        ThreadPool.UnsafeQueueUserWorkItem(static work => work.Owner.Attempt(work.Event, work.Lease, work.Running),
            (Owner: this, Event: started, Lease: lease, Running: running), preferLocal: false);
    }

    void IAsynchronousOutbox.Expire(AsynchronousEvent expired) => Drop(expired, "EventAgeExceeded");

    // The leases are held until the queue knows how the attempt ended, so no jump of the clock falls in between. A
    // failure of the bookkeeping itself has nobody to be told to, and ends the host.
    private async void Attempt(AsynchronousEvent attempted, Activity.Lease lease, Activity.Lease running)
    {
        using (running)
        using (lease) await AttemptAsync(attempted);
    }

    private async ValueTask AttemptAsync(AsynchronousEvent attempted)
    {
        if (find(attempted.FunctionName) is { ReservedConcurrency: 0 })
        {
            Settle(attempted, AttemptResult.ZeroReservedConcurrency);
            Drop(attempted, "ZeroReservedConcurrency");
            return;
        }

        InvocationOutcome outcome;
        try
        {
            outcome = await invoker.InvokeAsync(attempted.FunctionName, attempted.Request, CancellationToken.None)
                ?? throw LambdaErrors.Service("The function is gone.");
        }
        catch (AwsException e)
        {
            Defer(attempted, e.Code);
            return;
        }
        catch (Exception e)
        {
            // Anything unforeseen is Lambda's own failure, which AWS answers by trying again.
            journal.Record(new RequestFaulted(attempted.Request.RequestId, "lambda", e.ToString()));
            Defer(attempted, e.GetType().Name);
            return;
        }

        Conclude(attempted, outcome);
    }

    private void Conclude(AsynchronousEvent attempted, InvocationOutcome outcome)
    {
        var (requestId, function) = (attempted.Request.RequestId, attempted.FunctionName);
        if (outcome.FunctionError is null)
        {
            Settle(attempted, AttemptResult.Succeeded);
            journal.Record(new AsynchronousEventSucceeded(requestId, function, attempted.Attempts));
            return;
        }

        var attempt = attempted.Attempts + 1;
        var decision = Settle(attempted, AttemptResult.FunctionFailed);
        journal.Record(new AsynchronousAttemptFailed(requestId, function, attempt, outcome.ErrorType, decision.Next));
        if (decision.Dropped is { } condition) Drop(attempted, condition);
    }

    private void Defer(AsynchronousEvent attempted, string reason)
    {
        var decision = Settle(attempted, AttemptResult.Deferred);
        journal.Record(new AsynchronousAttemptDeferred(
            attempted.Request.RequestId, attempted.FunctionName, reason, decision.Next!.Value));
    }

    private AttemptDecision Settle(AsynchronousEvent attempted, AttemptResult result) =>
        queue.Ask((state, now) => state.Complete(attempted, result, now));

    /// <summary>
    /// The one place where a failed event leaves: on-failure destinations and dead-letter queues hook in here.
    /// </summary>
    private void Drop(AsynchronousEvent dropped, string condition) => journal.Record(new AsynchronousEventDropped(
        dropped.Request.RequestId, dropped.FunctionName, condition, dropped.Attempts));
}
