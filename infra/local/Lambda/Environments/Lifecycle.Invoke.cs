namespace Isobar.Local.Lambda.Environments;

internal static partial class Lifecycle
{
    /// <summary>
    /// Opens an invocation: at once if the processes are there, through a suppressed init if they are not.
    /// </summary>
    private static Step Open(Ready ready, Invocation invocation, DateTimeOffset at)
    {
        var invoke = new Invoke(ready)
        {
            Invocation = invocation,
            StartedAt = at,
            Deadline = at + ready.Limits.Timeout,
            InitDuration = ready.InitDuration,
            Generation = ready.Generation + 1,
        };
        if (!ready.HasProcess)
        {
            return Boot(invoke with { Initializing = true, Generation = ready.Generation }, invoke.Deadline)
                .After(new WriteStart(invocation) { Initializing = true }, new WriteSuppressedInitStart());
        }

        var step = Release(invoke, at)
            .After(new WriteStart(invocation), new ArmTimer(invoke.Deadline, invoke.Generation));
        return ready.Frozen ? step.After(new Thaw()) : step;
    }

    /// <summary>Gives the event to the runtime and to every extension that subscribed to it, together.</summary>
    private static Step Release(Invoke settled, DateTimeOffset at)
    {
        var invoke = settled with { ReleasedAt = at };
        if (invoke.Extensions.Count == 0) return Deliver(invoke);
        var subscribed = invoke.Extensions
            .Where(extension => extension.Events.HasFlag(ExtensionEvents.Invoke)).ToArray();
        if (subscribed.Length == 0) return Deliver(invoke);
        var events = subscribed.Where(extension => extension.Poll is not null)
            .Select(Effect (extension) =>
                new AnswerExtension(extension.Poll!, invoke.Deadline, invoke.Invocation, null));
        var running = invoke.Extensions.Select(extension =>
            extension.Events.HasFlag(ExtensionEvents.Invoke)
                ? extension with { State = ExtensionState.Running, Poll = null }
                : extension);
        return Deliver(invoke with { Extensions = [.. running] }).After([.. events]);
    }

    // Without a parked poll (its connection dropped while idle) the event waits for the runtime's next call.
    private static Step Deliver(Invoke invoke) => invoke.Runtime.Poll is { } poll
        ? new(invoke with { Runtime = RuntimeStatus.Running },
            [new AnswerNext(poll, invoke.Invocation, invoke.Deadline)])
        : Step.Stay(invoke with { Runtime = RuntimeStatus.Running });

    private static Step NextDuringInvoke(Invoke invoke, RuntimeNext next) => invoke.Runtime.State switch
    {
        // Asking again while the event is out gives the same event again, as AWS does.
        RuntimeState.Running => new(invoke, [new AnswerNext(next.Poll, invoke.Invocation, invoke.Deadline)]),
        RuntimeState.ResponseSent or RuntimeState.Ready when invoke.Runtime.Poll is null =>
            RuntimeDone(invoke, next),
        _ => Unlisted(invoke, next),
    };

    private static Step RuntimeDone(Invoke invoke, RuntimeNext next)
    {
        var ready = invoke with { Runtime = new RuntimeStatus(RuntimeState.Ready, next.Poll) };

        // Asking again, after its connection was lost, does not make it done twice.
        if (invoke.RuntimeDoneAt is not null) return Settle(ready, next.At);
        var done = new WriteRuntimeDone(
            invoke.Invocation, invoke.ReleasedAt, invoke.Responded.Began, invoke.Responded.Ended, next.At,
            invoke.Answer?.Payload.Length ?? 0);
        return Settle(ready with { RuntimeDoneAt = next.At }, next.At).After(done);
    }

    // AWS looks at the request id before the state: a wrong id, or a second response, is InvalidRequestID.
    private static bool Takes(Invoke invoke, string requestId) =>
        invoke is { Initializing: false, Answer: null, Runtime.State: RuntimeState.Running }
        && string.Equals(requestId, invoke.Invocation.RequestId, StringComparison.OrdinalIgnoreCase);

    private static Step Respond(Invoke invoke, Answer answer, DateTimeOffset at, DateTimeOffset? began = null)
    {
        var next = invoke with
        {
            Answer = answer,
            Runtime = RuntimeStatus.ResponseSent,
            Responded = (began ?? at, at),
        };
        return invoke.Invocation.Request.LogTail
            ? Step.Stay(next)
            : new Step(next, Tell(next, at));
    }

    private static Step Faulted(Invoke invoke, RuntimeResponseFaulted fault) => fault.Fault switch
    {
        ResponseFault.TooLarge => Respond(invoke, Failure.ResponseTooLarge, fault.At)
            .Then(next => Refuse(next, fault, Refusal.RequestEntityTooLarge)),
        ResponseFault.InvalidMode =>
            Respond(invoke, Failure.InvalidResponseMode.AnswerTo(invoke.Invocation.RequestId), fault.At)
                .Then(next => Refuse(next, fault, Refusal.InvalidFunctionResponseMode)),

        // The upload broke off: the runtime may post again, exit, or run into its timeout.
        _ => Refuse(invoke, fault, Refusal.TruncatedHttpRequest),
    };

    private static Step TimedOut(Invoke invoke, TimerFired timer)
    {
        if (timer.At < invoke.Deadline) return new Step(invoke, [new ArmTimer(invoke.Deadline, invoke.Generation)]);
        var failure = Failure.TimedOut(invoke.Limits.Timeout);
        return Fail(invoke, failure.AnswerTo(invoke.Invocation.RequestId), failure, ShutdownReason.Timeout, timer.At);
    }

    /// <summary>
    /// Ends an invocation that went wrong, with the answer that the caller gets unless the runtime gave one.
    /// </summary>
    private static Step Fail(
        Invoke invoke, Answer answer, Failure failure, ShutdownReason reason, DateTimeOffset at,
        bool exitsItself = false)
    {
        var kill = ShutDown(invoke, reason, at, exitsItself);
        var close = Close(invoke with { Answer = invoke.Answer ?? answer }, failure, at, invoke.Answer is null);

        // The kill comes first, so that nothing more is written to the log; an extension's SHUTDOWN event comes after
        // the invocation's last telemetry; what frees the environment comes last.
        IEnumerable<Effect> lines = invoke.Initializing ? ExtensionLines(invoke) : [];
        var kills = kill.Effects.Where(effect => effect is not (AnswerExtension or ReportReady or ReportTerminated));
        var farewells = kill.Effects.Where(effect => effect is AnswerExtension);
        var reports = kill.Effects.Where(effect => effect is ReportReady or ReportTerminated);
        return new Step(kill.Next, [.. kills, .. lines, .. close.Effects, .. farewells, .. reports]);
    }

    /// <summary>END, REPORT, and the answer if the caller still waits for it.</summary>
    private static Step Close(Invoke invoke, Failure? failure, DateTimeOffset at, bool unanswered = false)
    {
        var report = new WriteReport(invoke.Invocation, Since(invoke.StartedAt, at), invoke.InitDuration, failure)
        {
            ExtensionOverhead = invoke.RuntimeDoneAt is { } done && invoke.Extensions.Count > 0 ? (done, at) : null,
        };
        return unanswered || invoke.Invocation.Request.LogTail
            ? new Step(invoke, [report, .. Tell(invoke, at)])
            : new Step(invoke, [report]);
    }

    // The pool hears it before the caller does: a caller that invokes again at once is to find this environment.
    private static IReadOnlyList<Effect> Tell(Invoke invoke, DateTimeOffset at) =>
    [
        new ReportAnswered(),
        new CompleteInvocation(
            invoke.Invocation, invoke.Answer!, Since(invoke.StartedAt, at), invoke.InitDuration),
    ];
}
