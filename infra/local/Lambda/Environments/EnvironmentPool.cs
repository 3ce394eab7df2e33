using Isobar.Local.History;
using System.Net.Sockets;
using Isobar.Local.Ownership;

namespace Isobar.Local.Lambda.Environments;

/// <summary>An environment was started.</summary>
internal sealed record EnvironmentStarted(string FunctionName, string Version, string EnvironmentId) : IFunctionFact;

/// <summary>An environment's runtime process was started.</summary>
internal sealed record RuntimeStarted(string FunctionName, string EnvironmentId, int ProcessId) : IFunctionFact;

/// <summary>An external extension's process was started.</summary>
internal sealed record ExtensionStarted(
    string FunctionName, string EnvironmentId, string Extension, int ProcessId) : IFunctionFact;

/// <summary>An environment is over, with all its processes.</summary>
internal sealed record EnvironmentEnded(string FunctionName, string Version, string EnvironmentId) : IFunctionFact;

/// <summary>Every place is taken and busy: an invocation begins to wait.</summary>
internal sealed record HostSaturated(string FunctionName, int Waiting) : IFunctionFact;

/// <summary>The host's environments: <see cref="PoolState"/> decides, and this class does it.</summary>
internal sealed class EnvironmentPool : IEnvironmentPool
{
    private readonly EnvironmentTools tools;
    private readonly Activity activity;
    private readonly Monitor<PoolState, Decision> monitor;
    private volatile IProvisioningOwner? provisioningOwner;
    private readonly TaskCompletionSource empty = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="clock">Service time: an idle environment retires when the clock is jumped, too.</param>
    /// <param name="activity">Every invocation counts as work, so that no jump happens under it.</param>
    public EnvironmentPool(EnvironmentTools tools, ServiceClock clock, Activity activity)
    {
        this.tools = tools;
        this.activity = activity;
        var state = new PoolState(tools.Options.Pool)
        {
            RunsAlone = RunsAlone,
        };
        monitor = new Monitor<PoolState, Decision>("idle environments", state, clock, Perform);
    }

    public int InFlight => monitor.Ask(static (state, _) => state.InFlight);

    public ValueTask<InvocationOutcome> InvokeAsync(
        FunctionConfiguration function, InvocationRequest request, CancellationToken cancellationToken)
    {
        var invocation = new Invocation(request, activity.Begin());
        monitor.Post((state, now) => state.Admit(function, invocation, now));
        return new ValueTask<InvocationOutcome>(invocation.Outcome.WaitAsync(cancellationToken));
    }

    public void Provision(ProvisionedPlaces wanted, IProvisioningOwner owner)
    {
        provisioningOwner = owner;
        monitor.Post((state, now) => state.Provision(wanted, now));
    }

    public string? WhyNotProvision(FunctionConfiguration function, int together)
    {
        var limits = tools.Options.Pool;
        if (RunsAlone(function))
            return "Functions with external extensions can't have provisioned concurrency on this machine, because it "
                + "has no namespaces and runs one environment of such functions at a time.";
        return together > limits.MaxProvisioned
            ? $"This machine keeps at most {limits.MaxProvisioned} provisioned environments (--max-environments is "
                + $"{limits.MaxEnvironments}), and all functions together would have {together}."
            : null;
    }

    public async ValueTask DrainAsync()
    {
        monitor.Post(static (state, _) => state.Drain());
        await empty.Task;
        monitor.Dispose();
    }

    // Extensions listen on ports of their choice, which they would share.
    private bool RunsAlone(FunctionConfiguration function) =>
        !tools.Isolation.UsesNamespaces && ExtensionFiles.In(function.LayersDirectory).Count > 0;

    private void Perform(Decision decision, Activity.Lease lease)
    {
        switch (decision)
        {
            case AssignEnvironment assign:
                assign.Slot.Work = lease.TakeOver();
                assign.Slot.Environment!.Request(assign.Invocation);
                break;

            // Not here: it takes milliseconds to enclose an environment, and other decisions wait behind this one.
            case StartEnvironment start:
                start.Slot.Work = lease.TakeOver();
                ThreadPool.UnsafeQueueUserWorkItem(
                    static at => at.Pool.Start(at.Slot), (Pool: this, start.Slot), preferLocal: false);
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
            case ReportProvisioned report:
                provisioningOwner?.BecameAvailable(report.Function, report.Available);
                break;
            case ReportInitFailed report:
                provisioningOwner?.InitFailed(report.Function);
                break;
            case AnnounceEmpty:
                empty.TrySetResult();
                break;
        }
    }

    private void Start(Slot slot)
    {
        ExecutionEnvironment environment;
        try
        {
            environment = new ExecutionEnvironment(slot.Function, tools, new Keeper(this, slot));
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException or SocketException)
        {
            using var over = slot.Work;
            monitor.Post((state, now) => state.StartFailed(slot, reason, now));
            return;
        }

        tools.Journal.Record(
            new EnvironmentStarted(slot.Function.FunctionName, slot.Function.Version, environment.Id));
        var leaving = monitor.Ask((state, _) => state.Started(slot, environment));
        environment.Begin();
        if (leaving) environment.Retire();
    }

    private sealed class Keeper(EnvironmentPool pool, Slot slot) : IEnvironmentKeeper
    {
        public void Answered(ExecutionEnvironment environment) =>
            pool.monitor.Post((state, now) => state.Answered(slot, now));

        // The answered caller is not the end of the work: a clock that jumped before the environment is idle would
        // leave it idle from the far side of the jump.
        public void BecameReady(ExecutionEnvironment environment)
        {
            using var over = slot.Work;
            pool.monitor.Post((state, now) => state.BecameReady(slot, now));
        }

        public void Broke(ExecutionEnvironment environment, bool inInit)
        {
            if (slot.IsProvisioned) pool.monitor.Post((state, now) => state.Broke(slot, inInit, now));
        }

        public void Ended(ExecutionEnvironment environment)
        {
            pool.tools.Journal.Record(
                new EnvironmentEnded(slot.Function.FunctionName, slot.Function.Version, environment.Id));
            using var over = slot.Work;
            pool.monitor.Post((state, now) => state.Ended(slot, now));
        }
    }
}
