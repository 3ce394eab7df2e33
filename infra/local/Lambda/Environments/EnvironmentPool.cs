using System.Net.Sockets;
using Isobar.Local.Ownership;

namespace Isobar.Local.Lambda.Environments;

/// <summary>An environment was started.</summary>
internal sealed record EnvironmentStarted(string FunctionName, string Version, string EnvironmentId);

/// <summary>An environment's runtime process was started.</summary>
internal sealed record RuntimeStarted(string FunctionName, string EnvironmentId, int ProcessId);

/// <summary>An external extension's process was started.</summary>
internal sealed record ExtensionStarted(string FunctionName, string EnvironmentId, string Extension, int ProcessId);

/// <summary>An environment is over, with all its processes.</summary>
internal sealed record EnvironmentEnded(string FunctionName, string Version, string EnvironmentId);

/// <summary>Every place is taken and busy: an invocation begins to wait.</summary>
internal sealed record HostSaturated(string FunctionName, int Waiting);

/// <summary>The host's environments: the pool decides in its mailbox and acts outside it.</summary>
internal sealed class EnvironmentPool : IEnvironmentPool
{
    private readonly EnvironmentTools tools;
    private readonly Activity activity;
    private readonly Monitor<PoolState> mailbox;
    private readonly ServiceTimer timer;
    private readonly TaskCompletionSource empty = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="clock">Service time: an idle environment retires when the clock is jumped, too.</param>
    /// <param name="activity">Every invocation counts as work, so that no jump happens under it.</param>
    public EnvironmentPool(EnvironmentTools tools, ServiceClock clock, Activity activity)
    {
        this.tools = tools;
        this.activity = activity;
        var state = new PoolState(tools.Options.Pool)
        {
            // Extensions listen on ports of their choice, which they would share.
            RunsAlone = function => !tools.Isolation.UsesNamespaces
                && ExtensionFiles.In(function.LayersDirectory).Count > 0,
        };
        mailbox = new Monitor<PoolState>("environments", state, clock);
        timer = clock.CreateTimer("idle environments", () => Act(static (pool, now) => pool.OnDue(now)));
    }

    public int InFlight => mailbox.Ask(static (state, _) => state.InFlight);

    public async ValueTask<InvocationOutcome> InvokeAsync(
        FunctionConfiguration function, InvocationRequest request, CancellationToken cancellationToken)
    {
        var invocation = new Invocation(request);
        var lease = activity.Begin();
        try
        {
            Act((state, now) => state.Admit(function, invocation, now));
            return await invocation.Outcome.WaitAsync(cancellationToken);
        }
        finally
        {
            // After a caller has gone the invocation goes on, and so does the work.
            if (invocation.Outcome.IsCompleted) lease.Dispose();
            else _ = invocation.Outcome.ContinueWith(_ => lease.Dispose(), TaskScheduler.Default);
        }
    }

    public async ValueTask DrainAsync()
    {
        Act(static (state, _) => state.Drain());
        await empty.Task;
        timer.Dispose();
    }

    private void Act(Func<PoolState, DateTimeOffset, IReadOnlyList<Decision>> question)
    {
        var (decisions, due, isEmpty) = mailbox.Ask(
            (state, now) => (question(state, now), state.TakeDue(), state is { Draining: true, Environments: 0 }));
        if (due is { } instant) timer.FireAt(instant);
        for (var i = 0; i < decisions.Count; i++) Perform(decisions[i]);
        if (isEmpty) empty.TrySetResult();
    }

    private void Perform(Decision decision)
    {
        switch (decision)
        {
            case AssignEnvironment assign:
                assign.Slot.Work = activity.Begin();
                assign.Slot.Environment!.Request(assign.Invocation);
                break;
            case StartEnvironment start:
                Start(start.Slot);
                break;

            // An environment that is just being made is told by whoever makes it.
            case RetireEnvironment retire:
                retire.Slot.Environment?.Retire();
                break;
            case RefuseInvocation refuse:
                refuse.Invocation.Refuse(refuse.Reason);
                break;
            case AnnounceSaturation saturated:
                tools.Journal.Record(new HostSaturated(saturated.FunctionName, saturated.Waiting));
                break;
        }
    }

    private void Start(Slot slot)
    {
        ExecutionEnvironment environment;
        slot.Work = activity.Begin();
        try
        {
            environment = new ExecutionEnvironment(slot.Function, tools, new Keeper(this, slot));
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException or SocketException)
        {
            Act((state, now) => state.StartFailed(slot, reason, now));
            slot.Work.Dispose();
            return;
        }

        tools.Journal.Record(
            new EnvironmentStarted(slot.Function.FunctionName, slot.Function.Version, environment.Id));
        var leaving = mailbox.Ask((state, _) => state.Started(slot, environment));
        environment.Begin();
        if (leaving) environment.Retire();
    }

    private sealed class Keeper(EnvironmentPool pool, Slot slot) : IEnvironmentKeeper
    {
        public void Answered(ExecutionEnvironment environment) =>
            pool.mailbox.Post((state, now) => state.Answered(slot, now));

        // The answered caller is not the end of the work: a clock that jumped before the environment is idle would
        // leave it idle from the far side of the jump.
        public void BecameReady(ExecutionEnvironment environment)
        {
            var over = slot.Work;
            pool.Act((state, now) => state.BecameReady(slot, now));
            over?.Dispose();
        }

        public void Ended(ExecutionEnvironment environment)
        {
            pool.tools.Journal.Record(
                new EnvironmentEnded(slot.Function.FunctionName, slot.Function.Version, environment.Id));
            var over = slot.Work;
            pool.Act((state, now) => state.Ended(slot, now));
            over?.Dispose();
        }
    }
}
