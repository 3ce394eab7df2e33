using Isobar.Local.Lambda.Apis;
using Isobar.Local.Lambda.Processes;
using Isobar.Local.Lambda.Telemetry;
using Isobar.Local.Ownership;

namespace Isobar.Local.Lambda.Environments;

/// <summary>Whoever keeps environments and gives them invocations.</summary>
internal interface IEnvironmentKeeper
{
    /// <summary>The caller has its answer; the environment will be ready in a moment.</summary>
    void Answered(ExecutionEnvironment environment);

    /// <summary>The environment takes an invocation.</summary>
    void BecameReady(ExecutionEnvironment environment);

    /// <summary>An init or an invocation ended with its processes; it is told before it is ready again.</summary>
    /// <param name="inInit">Whether it was the init phase.</param>
    void Broke(ExecutionEnvironment environment, bool inInit);

    /// <summary>The environment is over, and none of its processes is left.</summary>
    void Ended(ExecutionEnvironment environment);
}

/// <summary>
/// One execution environment: one monitor, one Runtime API address, and the processes in it. Handlers, process
/// watchers and timers post facts; <see cref="Lifecycle"/> decides; this class does what was decided.
/// </summary>
internal sealed class ExecutionEnvironment
{
    private readonly EnvironmentTools tools;
    private readonly IEnvironmentKeeper keeper;
    private readonly Monitor<EnvironmentState, Effect> monitor;
    private readonly FunctionLog log;
    private readonly TelemetryStream telemetry;
    private readonly IEnclosure enclosure;
    private readonly EnvironmentProcesses processes;
    private readonly RuntimeApiDoor door;
    private readonly ServiceTimer timer;
    private readonly MemoryWatch memory;
    private readonly Limits limits;
    private readonly Func<IReadOnlyList<int>> runningProcesses;
    private volatile ArmTimer armed = new(DateTimeOffset.MaxValue, 0);
    private volatile int incarnation;
    private volatile bool isTelemetryWanted;

    public ExecutionEnvironment(FunctionConfiguration function, EnvironmentTools tools, IEnvironmentKeeper keeper)
    {
        this.tools = tools;
        this.keeper = keeper;
        Function = function;
        Id = tools.Identifiers.NewHex(16);
        // AWS starts the first ten, and gives up at the eleventh; nothing looks at further ones.
        runningProcesses = RunningProcesses;
        limits = new Limits(
            function.Timeout, [.. ExtensionFiles.In(function.LayersDirectory).Take(Limits.MaxExtensions + 1)],
            tools.Options.FreezeAfter)
        {
            Init = !function.IsProvisioned ? tools.Options.InitBound
                : function.Timeout > Limits.LeastProvisionedInit ? function.Timeout
                : Limits.LeastProvisionedInit,
            IsProvisioned = function.IsProvisioned,
        };
        ExtensionsEnabled = ExtensionFiles.AreEnabled(function.LayersDirectory);
        var before = new Init(limits) { StartedAt = tools.RealTime.GetUtcNow() };
        monitor = new Monitor<EnvironmentState, Effect>(
            $"environment {Id}",
            new EnvironmentState(function.FunctionName, Id, before, tools.Journal), tools.RealTime,
            (effect, _) => Perform(effect));
        log = new FunctionLog(function, Id, tools.LogSinks, tools.Pump, tools.RealTime);
        timer = tools.RealTime.CreateTimer($"environment {Id}", OnTimer);
        memory = new MemoryWatch(tools.RealTime, BusyProcesses, (long)function.MemorySizeMb << 20, OnMemoryExceeded);
        var folders = new EnclosureFolders(
            function.CodeDirectory, function.LayersDirectory, Path.Combine(tools.Options.ScratchDirectory, Id))
        {
            Runtime = function.Image?.Runtime ?? tools.Options.RuntimeDirectory,
            Language = tools.Options.Languages?.Find(function.Runtime),
        };
        enclosure = tools.Isolation.Enclose(folders);
        telemetry = new TelemetryStream(function.FunctionName, Id, log, new EnclosureNetwork(enclosure), tools.Journal);
        door = tools.Transport.Open(this, enclosure.RuntimeApi);
        if (enclosure.Endpoint is { } endpoint) _ = tools.Endpoint!.AcceptFromAsync(endpoint);
        processes = new EnvironmentProcesses(function, Id, door.Address, folders, enclosure, tools, log);
    }

    /// <summary>32 hexadecimal digits.</summary>
    public string Id { get; }

    public FunctionConfiguration Function { get; }

    /// <summary>The instant on the clock of its facts.</summary>
    public DateTimeOffset Now => tools.RealTime.GetUtcNow();

    /// <summary>Which set of processes is running: calls made by an earlier one are refused.</summary>
    public int Incarnation => incarnation;

    /// <summary>False when the layers switch extensions off; then their API is not there.</summary>
    public bool ExtensionsEnabled { get; }

    /// <summary>The extension that an identifier was given to; null when it is nobody's, or that one is over.</summary>
    public RegisteredExtension? FindExtension(Guid identifier) =>
        monitor.Ask((state, _) => state.FindExtension(identifier));

    /// <summary>An identifier for an extension or an event.</summary>
    public Guid NewIdentifier() => tools.Identifiers.NewGuid();

    /// <summary>Starts the processes. It takes an invocation once it has told its keeper that it is ready.</summary>
    public void Begin() =>
        monitor.Post((state, now) => state.Take("Created", Lifecycle.Begin(limits, now)));

    /// <summary>Posts a fact; what follows from it is performed in the order of the facts.</summary>
    /// <param name="happened">Makes the fact at the instant at which it is taken.</param>
    /// <returns>The refusal, if the fact is refused.</returns>
    public Reject? Post(Func<DateTimeOffset, Fact> happened) => monitor.Ask((state, now) =>
    {
        var fact = happened(now);
        return state.Take(fact.GetType().Name, Lifecycle.Next(state.Phase, fact));
    });

    public void Request(Invocation invocation)
    {
        if (Post(at => new InvokeRequested(at, invocation)) is { } refused)
            throw new InvalidOperationException($"The pool chose an environment that is not ready: {refused.Message}");
    }

    public void Retire() => Post(static at => new RetireRequested(at));

    /// <summary>Subscribes an extension to the environment's telemetry.</summary>
    /// <returns>False once the init phase is over.</returns>
    public bool Subscribe(string extension, Subscription subscription)
    {
        isTelemetryWanted = true;
        return telemetry.Subscribe(extension, subscription);
    }

    private void Perform(Effect effect)
    {
        switch (effect)
        {
            case AnswerNext answer:
                answer.Poll.Give(new PollAnswer(answer.Deadline, answer.Invocation, null));
                break;
            case AnswerExtension { Reason: not null } farewell:
                _ = SayFarewellAsync(farewell);
                break;
            case AnswerExtension answer:
                answer.Poll.Give(new PollAnswer(answer.Deadline, answer.Invocation, answer.Reason));
                break;
            case CompleteInvocation complete:
                Complete(complete);
                break;
            case ArmTimer arm:
                armed = arm;
                timer.FireAt(arm.Deadline);
                break;
            case WriteReport report:
                log.Write(report, processes.MaxMemoryUsedMb(runningProcesses));
                Record(report);
                if (report.Failure is not null) keeper.Broke(this, inInit: false);
                break;
            case WriteStart start:
                log.Write(start);
                memory.Begin();
                break;

            // Nothing but telemetry tells of it.
            case WriteRuntimeDone when !isTelemetryWanted:
                break;
            case WriteInitReport { Failure: not null } report:
                log.Write(report);
                keeper.Broke(this, inInit: true);
                break;
            case WriteLog line:
                log.Write(line);
                break;
            case ReportAnswered:
                keeper.Answered(this);
                break;
            case ReportReady:
                keeper.BecameReady(this);
                break;
            case ReportTerminated:
                End();
                break;
            default:
                Signal(effect);
                break;
        }
    }

    private void Record(WriteReport report)
    {
        var request = report.Invocation.Request;
        tools.Journal.Record(new InvocationReported(
            request.RequestId, Function.FunctionName, Id, PlatformLines.Billed(report.Duration, report.InitDuration),
            Function.MemorySizeMb, report.InitDuration is not null)
        {
            TraceId = request.TraceId,
            IsProvisioned = Function.IsProvisioned,
        });
    }

    private void Signal(Effect effect)
    {
        switch (effect)
        {
            case StartRuntime start:
                incarnation = start.Incarnation;
                StartRuntimeProcess();
                break;
            case StartExtension start:
                incarnation = start.Incarnation;
                StartExtensionProcess(start.Name);
                break;
            case KillProcess kill:
                processes.Remember(RunningProcesses());
                monitor.Ask((state, _) => state.FindToKill(kill.Extension))?.Kill();
                break;
            case TerminateProcess terminate:
                monitor.Ask((state, _) => state.Find(terminate.Extension))?.Terminate();
                break;
            case Freeze:
                telemetry.Pause();
                foreach (var child in monitor.Ask(static (state, _) => state.Running())) child.Stop();
                break;
            case Thaw:
                foreach (var child in monitor.Ask(static (state, _) => state.Running())) child.Continue();
                telemetry.Resume();
                break;
            default:
                throw new InvalidOperationException($"Nothing performs {effect.GetType().Name}.");
        }
    }

    // Its last telemetry comes before the event that tells it to go.
    private async Task SayFarewellAsync(AnswerExtension farewell)
    {
        await telemetry.FlushAsync(TelemetryLimits.FlushBeforeShutdown, tools.RealTime);
        farewell.Poll.Give(new PollAnswer(farewell.Deadline, null, farewell.Reason));
    }

    private void Complete(CompleteInvocation complete)
    {
        var invocation = complete.Invocation;
        var tail = invocation.Request.LogTail ? log.TakeTail() : [];
        invocation.Complete(new InvocationOutcome(
            complete.Answer.Payload, complete.Answer.FunctionError, Function.Version, tail,
            complete.Duration, complete.InitDuration)
        {
            EnvironmentId = Id,
            ErrorType = complete.Answer.ErrorType,
        });
    }

    private void StartRuntimeProcess()
    {
        switch (processes.RuntimeLaunch())
        {
            case RuntimeCommand command:
                var resident = monitor.Ask(static (state, _) => state.Expect(null));
                _ = WatchAsync(processes.RuntimeStart(command), null, resident);
                break;
            case BootstrapExit exit:
                Post(at => new ProcessExited(at, null, new ProcessEnd(exit.Status, null)));
                break;
            case NoEntrypoint none:
                Post(at => new StartFailed(at, null, none.Reason));
                break;
            case InvalidWorkingDirectory wrong:
                Post(at => new StartFailed(at, null, wrong.Reason) { ErrorType = Failure.InvalidWorkingDirectory });
                break;
        }
    }

    private void StartExtensionProcess(string name)
    {
        var isOneTooMany = limits.Extensions.Count > Limits.MaxExtensions
            && name == limits.Extensions[Limits.MaxExtensions];
        var failure = "TooManyExtensions";
        if (!isOneTooMany && processes.ExtensionStart(name, out failure) is { } start)
            _ = WatchAsync(start, name, monitor.Ask((state, _) => state.Expect(name)));
        else
            Post(at => new StartFailed(at, name, failure!));
    }

    private async Task WatchAsync(ProcessStart start, string? extension, EnvironmentState.Resident resident)
    {
        ProcessEnd end;
        try
        {
            end = await processes.RunAsync(start, extension, child =>
            {
                tools.Journal.Record(extension is null
                    ? new RuntimeStarted(Function.FunctionName, Id, child.Id)
                    : new ExtensionStarted(Function.FunctionName, Id, extension, child.Id));
                if (monitor.Ask((_, _) => EnvironmentState.Attach(resident, child))) child.Kill();
            });
        }
        catch (Exception reason) when (reason is System.ComponentModel.Win32Exception or IOException)
        {
            monitor.Post((state, _) => state.Remove(extension));
            Post(at => new StartFailed(at, extension, reason.Message));
            return;
        }

        monitor.Post((state, _) => state.Remove(extension));
        if (extension is not null) telemetry.Unsubscribe(extension);
        Post(at => new ProcessExited(at, extension, end));
    }

    // A callback that was on its way when the timer was armed anew must not fire for the new deadline.
    private void OnTimer()
    {
        var due = armed;
        if (tools.RealTime.GetUtcNow() >= due.Deadline) Post(at => new TimerFired(at, due.Generation));
    }

    private IReadOnlyList<int> RunningProcesses() => monitor.Ask(static (state, _) => state.RunningIds());

    private IReadOnlyList<int> BusyProcesses() =>
        monitor.Ask(static (state, _) => state.Phase is Invoke ? state.RunningIds() : []);

    // Its exit is a fact like any other, and so is what the caller is told: signal: killed.
    private void OnMemoryExceeded(long usedBytes, int largest)
    {
        tools.Journal.Record(new MemoryExhausted(Function.FunctionName, Id, usedBytes, Function.MemorySizeMb));
        processes.UseAllMemory();
        monitor.Ask((state, _) => state.Running().FirstOrDefault(child => child.Id == largest))?.Kill();
    }

    private void End()
    {
        timer.Dispose();
        memory.Dispose();
        telemetry.Dispose();
        log.Dispose();
        _ = door.DisposeAsync().AsTask();
        enclosure.Endpoint?.Dispose();
        enclosure.Dispose();
        processes.RemoveScratch();
        keeper.Ended(this);
    }
}
