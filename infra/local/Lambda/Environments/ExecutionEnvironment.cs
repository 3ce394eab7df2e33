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

    /// <summary>The environment is over, and none of its processes is left.</summary>
    void Ended(ExecutionEnvironment environment);
}

/// <summary>
/// One execution environment: one mailbox, one Runtime API address, and the processes in it. Handlers, process
/// watchers and timers post facts; <see cref="Lifecycle"/> decides; this class does what was decided.
/// </summary>
internal sealed class ExecutionEnvironment : ITelemetrySubject
{
    private readonly EnvironmentTools tools;
    private readonly IEnvironmentKeeper keeper;
    private readonly Mailbox<EnvironmentState> mailbox;
    private readonly FunctionLog log;
    private readonly TelemetryStream telemetry;
    private readonly EnvironmentProcesses processes;
    private readonly RuntimeApiDoor door;
    private readonly ServiceTimer timer;
    private readonly MemoryWatch memory;
    private volatile ArmTimer armed = new(DateTimeOffset.MaxValue, 0);
    private volatile int incarnation;

    public ExecutionEnvironment(FunctionConfiguration function, EnvironmentTools tools, IEnvironmentKeeper keeper)
    {
        this.tools = tools;
        this.keeper = keeper;
        Function = function;
        Id = tools.Identifiers.NewHex(16);
        var limits = new Limits(function.Timeout, [], tools.Options.FreezeAfter);
        var before = new Init(limits) { StartedAt = tools.RealTime.GetUtcNow() };
        mailbox = new Mailbox<EnvironmentState>(
            $"environment {Id}",
            new EnvironmentState(function.FunctionName, Id, before, tools.Journal), tools.RealTime);
        log = new FunctionLog(function, Id, tools.Journal, tools.Pump, tools.RealTime);
        telemetry = new TelemetryStream(function.FunctionName, Id, log, new LoopbackNetwork(), tools.Journal);
        timer = tools.RealTime.CreateTimer($"environment {Id}", OnTimer);
        memory = new MemoryWatch(tools.RealTime, BusyRuntime, (long)function.MemorySizeMb << 20, OnMemoryExceeded);
        door = tools.Transport.Open(this);
        processes = new EnvironmentProcesses(function, Id, door.Address, tools, log);
    }

    /// <summary>32 hexadecimal digits.</summary>
    public string Id { get; }

    public FunctionConfiguration Function { get; }

    /// <summary>The instant on the clock of its facts.</summary>
    public DateTimeOffset Now => tools.RealTime.GetUtcNow();

    /// <summary>Which set of processes is running: calls made by an earlier one are refused.</summary>
    public int Incarnation => incarnation;

    /// <summary>The runtime's process id, while it has one.</summary>
    public int? RuntimeProcess => mailbox.Ask((state, _) => state.Find(null)?.Id);

    /// <summary>Starts the processes, for an invocation that waits for them.</summary>
    public void Begin(Invocation invocation)
    {
        var limits = new Limits(Function.Timeout, [], tools.Options.FreezeAfter);
        Run(mailbox.Ask((state, now) => state.Take("Created", Lifecycle.Begin(limits, now)
            .Then(phase => Lifecycle.Next(phase, new InvokeRequested(now, invocation))))));
    }

    /// <summary>Posts a fact, and performs what follows from it unless another thread is already doing so.</summary>
    /// <param name="happened">Makes the fact at the instant at which it is taken.</param>
    /// <returns>The refusal, if the fact is refused.</returns>
    public Reject? Post(Func<DateTimeOffset, Fact> happened) => Run(mailbox.Ask((state, now) =>
    {
        var fact = happened(now);
        return state.Take(fact.GetType().Name, Lifecycle.Next(state.Phase, fact));
    }));

    public void Request(Invocation invocation)
    {
        if (Post(at => new InvokeRequested(at, invocation)) is { } refused)
            throw new InvalidOperationException($"The pool chose an environment that is not ready: {refused.Message}");
    }

    public void Retire() => Post(static at => new RetireRequested(at));

    // The Extensions API will know; until it is there nobody can have registered.
    string? ITelemetrySubject.ExtensionName(Guid identifier) => null;

    bool ITelemetrySubject.Subscribe(string extension, Subscription subscription) =>
        telemetry.Subscribe(extension, subscription);

    private Reject? Run((Reject? Refused, bool Perform) taken)
    {
        if (!taken.Perform) return taken.Refused;
        while (mailbox.Ask(static (state, _) => state.NextBatch()) is { } batch)
            for (var i = 0; i < batch.Count; i++) Perform(batch[i]);
        return taken.Refused;
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
                log.Write(report, processes.MaxMemoryUsedMb(RuntimeProcess));
                break;
            case WriteStart start:
                log.Write(start);
                memory.Begin();
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

    private void Signal(Effect effect)
    {
        switch (effect)
        {
            case StartRuntime start:
                incarnation = start.Incarnation;
                StartRuntimeProcess();
                break;
            case KillProcess kill:
                processes.Remember(RuntimeProcess);
                mailbox.Ask((state, _) => state.FindToKill(kill.Extension))?.Kill();
                break;
            case TerminateProcess terminate:
                mailbox.Ask((state, _) => state.Find(terminate.Extension))?.Terminate();
                break;
            case Freeze:
                telemetry.Pause();
                foreach (var child in mailbox.Ask(static (state, _) => state.Running())) child.Stop();
                break;
            case Thaw:
                foreach (var child in mailbox.Ask(static (state, _) => state.Running())) child.Continue();
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
        if (processes.RuntimeStart(out var failure) is { } start)
            _ = WatchAsync(start, mailbox.Ask(static (state, _) => state.Expect(null)));
        else
            Post(at => new ProcessExited(at, null, new ProcessEnd(failure, null)));
    }

    private async Task WatchAsync(ProcessStart start, EnvironmentState.Resident resident)
    {
        ProcessEnd end;
        try
        {
            end = await processes.RunAsync(start, TelemetryTypes.Function, child =>
            {
                tools.Journal.Record(new RuntimeStarted(Function.FunctionName, Id, child.Id));
                if (mailbox.Ask((_, _) => EnvironmentState.Attach(resident, child))) child.Kill();
            });
        }
        catch (Exception reason) when (reason is System.ComponentModel.Win32Exception or IOException)
        {
            mailbox.Post(static (state, _) => state.Remove(null));
            Post(at => new StartFailed(at, null, reason.Message));
            return;
        }

        mailbox.Post(static (state, _) => state.Remove(null));
        Post(at => new ProcessExited(at, null, end));
    }

    // A callback that was on its way when the timer was armed anew must not fire for the new deadline.
    private void OnTimer()
    {
        var due = armed;
        if (tools.RealTime.GetUtcNow() >= due.Deadline) Post(at => new TimerFired(at, due.Generation));
    }

    private int? BusyRuntime() =>
        mailbox.Ask(static (state, _) => state.Phase is Invoke ? state.Find(null)?.Id : null);

    // Its exit is a fact like any other, and so is what the caller is told: signal: killed.
    private void OnMemoryExceeded(long usedBytes)
    {
        tools.Journal.Record(new MemoryExhausted(Function.FunctionName, Id, usedBytes, Function.MemorySizeMb));
        processes.UseAllMemory();
        mailbox.Ask(static (state, _) => state.Find(null))?.Kill();
    }

    private void End()
    {
        timer.Dispose();
        memory.Dispose();
        telemetry.Dispose();
        log.Dispose();
        _ = door.DisposeAsync().AsTask();
        processes.RemoveScratch();
        keeper.Ended(this);
    }
}
