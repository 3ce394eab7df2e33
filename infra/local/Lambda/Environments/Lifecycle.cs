namespace Isobar.Local.Lambda.Environments;

/// <summary>
/// The life of an execution environment as a pure function: a fact turns one phase into the next, with effects for the
/// shell. LIFECYCLE.md has the picture. What is not listed here is refused as AWS refuses it.
/// </summary>
/// <remarks>
/// Sources: Lambda developer guide, "Lambda execution environment lifecycle" and "Using the Lambda runtime API"; the
/// vocabulary and the order of checks are those of the open-source runtime interface emulator.
/// </remarks>
internal static partial class Lifecycle
{
    /// <summary>The first step of a new environment: its processes start.</summary>
    public static Step Begin(Limits limits, DateTimeOffset at) =>
        Boot(new Init(limits) { StartedAt = at }, at + limits.Init).After(new WriteInitStart());

    public static Step Next(Phase phase, Fact fact) => (phase, fact) switch
    {
        (_, TimerFired timer) when timer.Generation != phase.Generation => Step.Stay(phase),
        (_, PollDropped dropped) => Step.Stay(Forget(phase, dropped.Poll)),
        (_, ProcessExited exited) when !phase.Has(exited.Extension) => Unlisted(phase, exited),
        (_, StartFailed failed) when !phase.Has(failed.Extension) => Unlisted(phase, failed),
        (_, ApiCall call) when call.Incarnation != phase.Incarnation => Unlisted(phase, call),

        (Init or Invoke { Initializing: true }, RuntimeNext next) when phase.Runtime.State == RuntimeState.Started =>
            Settle(phase with { Runtime = new RuntimeStatus(RuntimeState.Ready, next.Poll) }, next.At)
                .After(new WriteInitRuntimeDone()),
        (Init or Invoke { Initializing: true }, RuntimeInitError error)
            when phase.Runtime.State == RuntimeState.Started => InitErrorPosted(phase, error),
        (Init init, TimerFired timer) => InitFailed(init, Failure.InitTimedOut, ShutdownReason.Timeout, timer.At),

        (Ready ready, InvokeRequested request) => Open(ready, request.Invocation, request.At),
        (Ready { Frozen: false, HasProcess: true } ready, TimerFired) =>
            new(ready with { Frozen = true }, [new Freeze()]),
        (Ready { Runtime: { State: RuntimeState.Ready, Poll: null } runtime } ready, RuntimeNext next) =>
            Step.Stay(ready with { Runtime = runtime with { Poll = next.Poll } }),

        (Invoke invoke, RuntimeNext next) when !invoke.Initializing => NextDuringInvoke(invoke, next),
        (Invoke invoke, RuntimeResponse response) when Takes(invoke, response.RequestId) =>
            Respond(invoke, Answer.Success(response.Payload), response.At, response.Began),
        (Invoke invoke, RuntimeError error) when Takes(invoke, error.RequestId) =>
            Respond(invoke, Answer.Error(error.Payload, error.ErrorType), error.At),
        (Invoke invoke, RuntimeResponseFaulted fault) when Takes(invoke, fault.RequestId) => Faulted(invoke, fault),
        (_, RuntimeResponse or RuntimeError or RuntimeResponseFaulted) =>
            Refuse(phase, fact, Refusal.InvalidRequestId),
        (Invoke invoke, TimerFired timer) => TimedOut(invoke, timer),

        (Shutdown { TakenForFree: true, Final: false, Waiting: null } shutdown, InvokeRequested request) =>
            Step.Stay(shutdown with { Waiting = request.Invocation }),
        (Shutdown shutdown, TimerFired timer) => ShutdownDue(shutdown, timer),
        (Shutdown shutdown, ProcessExited exited) => Left(shutdown, exited.Extension, exited.At),
        (Shutdown shutdown, StartFailed failed) => Left(shutdown, failed.Extension, failed.At),
        (Shutdown shutdown, ExtensionNext next) => NextDuringShutdown(shutdown, next),
        (Shutdown { Final: false } shutdown, RetireRequested) => RetireDuringShutdown(shutdown),

        (Init or Ready or Invoke, ProcessExited exited) => ProcessLost(phase, exited),
        (Init or Ready or Invoke, StartFailed failed) => NotStarted(phase, failed),
        (Init or Ready or Invoke, RetireRequested retire) => Retire(phase, retire.At),
        (Init or Ready or Invoke, ExtensionRegistered registered) => Register(phase, registered),
        (Init or Ready or Invoke, ExtensionNext next) => ExtensionReady(phase, next),
        (Init or Ready or Invoke, ExtensionFailed failed) => ExtensionGaveUp(phase, failed),

        _ => Unlisted(phase, fact),
    };

    /// <summary>Starts the processes: the extensions first, the runtime once all of them have registered.</summary>
    private static Step Boot(Phase phase, DateTimeOffset deadline)
    {
        var incarnation = phase.Incarnation + 1;
        var next = phase with
        {
            Incarnation = incarnation,
            Generation = phase.Generation + 1,
            Runtime = phase.Limits.Extensions.Count == 0 ? RuntimeStatus.Started : RuntimeStatus.Absent,
            Extensions =
                [.. phase.Limits.Extensions.Select(name => new ExtensionStatus(name, true, ExtensionState.Started))],
        };
        IEnumerable<Effect> starts = phase.Limits.Extensions.Count == 0
            ? [new StartRuntime(incarnation)]
            : phase.Limits.Extensions.Select(name => new StartExtension(incarnation, name));
        return new Step(next, [.. starts, new ArmTimer(deadline, next.Generation)]);
    }

    /// <summary>Moves on once the runtime and every extension that must have asked for next.</summary>
    private static Step Settle(Phase phase, DateTimeOffset at) => phase switch
    {
        Init { Settled: true } init => Initialized(init, at),
        Invoke { Initializing: true, Settled: true } invoke =>
            Release(invoke with { Initializing = false }, at)
                .After([.. ExtensionLines(invoke), new WriteInitDone()]),
        Invoke { Initializing: false, Settled: true, Answer: not null } invoke =>
            Close(invoke, null, at).Then(BecomeReady(at)),
        _ => Step.Stay(phase),
    };

    private static Step Initialized(Init init, DateTimeOffset at)
    {
        var took = Since(init.StartedAt, at);
        return init.Limits.IsProvisioned
            ? BecomeReady(at)(new Ready(init)).After([.. ExtensionLines(init), new WriteInitReport(took, null)])
            : BecomeReady(at)(new Ready(init) { InitDuration = took })
                .After([.. ExtensionLines(init), new WriteInitDone()]);
    }

    /// <summary>
    /// The init phase failed: it is done again inside the first invocation, on that invocation's time.
    /// </summary>
    private static Step InitFailed(
        Init init, Failure failure, ShutdownReason reason, DateTimeOffset at, bool exitsItself = false) =>
        ShutDown(init, reason, at, exitsItself)
            .After([.. ExtensionLines(init), new WriteInitReport(Since(init.StartedAt, at), failure)]);

    private static Step InitErrorPosted(Phase phase, RuntimeInitError error) => phase switch
    {
        Init init => InitFailed(
            init, new Failure(error.ErrorType, ""), ShutdownReason.Failure, error.At, exitsItself: true),
        Invoke invoke => Fail(
            invoke, Answer.Error(error.Payload, error.ErrorType), new Failure(error.ErrorType, ""),
            ShutdownReason.Failure, error.At, exitsItself: true),
        _ => Unlisted(phase, error),
    };

    /// <summary>
    /// Idle from now on: free for the pool, and stopped a moment later if nothing comes. In this order: a process
    /// that is seen stopped belongs to an environment that the pool knows to be idle.
    /// </summary>
    private static Func<Phase, Step> BecomeReady(DateTimeOffset at) => phase =>
    {
        var ready = phase as Ready ?? new Ready(phase);
        if (ready.Limits.FreezeAfter is not { } idle || !ready.HasProcess) return new Step(ready, [new ReportReady()]);
        ready = ready with { Generation = ready.Generation + 1 };
        return new Step(ready, [new ReportReady(), new ArmTimer(at + idle, ready.Generation)]);
    };

    private static Step ProcessLost(Phase phase, ProcessExited exited)
    {
        var failure = exited.Extension is null
            ? Failure.RuntimeExited(exited.End)
            : Failure.ExtensionCrashed(exited.End);
        return Break(WithoutProcess(phase, exited.Extension), failure, exited.At);
    }

    private static Step NotStarted(Phase phase, StartFailed failed)
    {
        var failure = failed.Extension is null
            ? Failure.CannotStart(failed.Reason, failed.ErrorType)
            : Failure.ExtensionCannotStart(failed.Reason);
        var reason = new ExtensionFailure("LaunchError", failed.Reason);
        var next = phase.Extensions.FirstOrDefault(other => other.Name == failed.Extension) is { } extension
            ? WithExtension(phase, extension with { Failure = reason })
            : phase;
        return Break(WithoutProcess(next, failed.Extension), failure, failed.At);
    }

    /// <summary>Something died that should not have: the environment is reset.</summary>
    private static Step Break(Phase phase, Failure failure, DateTimeOffset at) => phase switch
    {
        Init init => InitFailed(init, failure, ShutdownReason.Failure, at),
        Invoke invoke => Fail(
            invoke, failure.AnswerTo(invoke.Invocation.RequestId), failure, ShutdownReason.Failure, at),
        _ => ShutDown(phase, ShutdownReason.Failure, at),
    };

    /// <summary>
    /// Takes a poll whose connection is gone out of the phase; one that was answered meanwhile lost its race.
    /// </summary>
    private static Phase Forget(Phase phase, Poll poll)
    {
        if (phase.Runtime.Poll == poll) return phase with { Runtime = phase.Runtime with { Poll = null } };
        return phase.Extensions.FirstOrDefault(extension => extension.Poll == poll) is { } dropped
            ? WithExtension(phase, dropped with { Poll = null })
            : phase;
    }

    private static Step Unlisted(Phase phase, Fact fact) =>
        Refuse(phase, fact, Refusal.InvalidStateTransition(phase, fact));

    private static Step Refuse(Phase phase, Fact fact, Refusal refusal) =>
        new(phase, [new Reject(fact, refusal.ErrorType, refusal.Status, refusal.Message)]);

    private static TimeSpan Since(DateTimeOffset start, DateTimeOffset at) => at > start ? at - start : TimeSpan.Zero;
}
