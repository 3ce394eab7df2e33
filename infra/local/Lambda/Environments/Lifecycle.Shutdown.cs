namespace Isobar.Local.Lambda.Environments;

internal static partial class Lifecycle
{
    /// <summary>
    /// Ends every process: the runtime first, then the extensions, and kills what is left at the deadline.
    /// </summary>
    /// <param name="exitsItself">The runtime has said that it is about to exit.</param>
    private static Step ShutDown(
        Phase phase, ShutdownReason reason, DateTimeOffset at, bool exitsItself = false)
    {
        var budget = Budget(phase, exitsItself);
        var shutdown = new Shutdown(phase)
        {
            Reason = reason,
            Stage = ShutdownStage.RuntimeLeaving,
            Deadline = at + budget,
            Final = reason == ShutdownReason.Spindown,
            TakenForFree = phase is Ready,
            Runtime = phase.Runtime with { Poll = null },
        };
        if (!shutdown.HasProcess) return Gone(shutdown, at);
        if (budget == TimeSpan.Zero) return KillAll(shutdown);
        IReadOnlyList<Effect> thaw = phase is Ready { Frozen: true } ? [new Thaw()] : [];
        if (shutdown.Runtime.State == RuntimeState.Absent) return ExtensionsLeave(shutdown).After(thaw);

        var share = exitsItself && !AnyExtension(phase) ? budget : budget * Limits.RuntimeShareOfShutdown;
        var (next, timer) = Arm(shutdown, at + share);
        return exitsItself ? new Step(next, [timer]) : new Step(next, [.. thaw, new TerminateProcess(null), timer]);
    }

    // Source of the three figures: Lambda developer guide, "Shutdown phase". Without extensions there is no delay at
    // all.
    private static TimeSpan Budget(Phase phase, bool exitsItself)
    {
        if (phase.Extensions.Any(extension => extension is { External: true, Alive: true }))
            return Limits.ShutdownWithExternalExtensions;
        if (AnyExtension(phase)) return Limits.ShutdownWithInternalExtensions;
        return exitsItself ? Limits.ExitAfterInitError : TimeSpan.Zero;
    }

    private static bool AnyExtension(Phase phase) => phase.Extensions.Any(extension => extension.Alive);

    private static Step ShutdownDue(Shutdown shutdown, TimerFired timer) => shutdown.Stage switch
    {
        // The runtime's exit is a fact of its own; the extensions need not wait for it.
        ShutdownStage.RuntimeLeaving => ExtensionsLeave(shutdown).After(new KillProcess(null)),
        ShutdownStage.ExtensionsLeaving => KillAll(shutdown),
        _ => Step.Stay(shutdown),
    };

    private static Step ExtensionsLeave(Shutdown shutdown)
    {
        var effects = new List<Effect>();
        var extensions = new List<ExtensionStatus>();
        foreach (var extension in shutdown.Extensions)
        {
            if (extension is { External: true, Alive: true })
            {
                if (!extension.Events.HasFlag(ExtensionEvents.Shutdown)) effects.Add(new KillProcess(extension.Name));
                else if (extension.Poll is { } poll) effects.Add(Farewell(shutdown, poll));
            }

            extensions.Add(extension.Poll is null
                ? extension
                : extension with { State = ExtensionState.Running, Poll = null });
        }

        var (next, timer) = Arm(
            shutdown with { Stage = ShutdownStage.ExtensionsLeaving, Extensions = extensions }, shutdown.Deadline);
        return new Step(next, [.. effects, timer]);
    }

    // It was busy when the event came out; a second call, after the event, means that it is done.
    private static Step NextDuringShutdown(Shutdown shutdown, ExtensionNext next)
    {
        if (shutdown.Extensions.FirstOrDefault(extension => extension.Name == next.Name) is not
            { External: true, Alive: true, Poll: null } caller || !caller.Events.HasFlag(ExtensionEvents.Shutdown))
        {
            return Refuse(shutdown, next, Refusal.InvalidExtensionState(shutdown, next));
        }

        return shutdown.Stage == ShutdownStage.ExtensionsLeaving
            ? new Step(shutdown, [Farewell(shutdown, next.Poll)])
            : Step.Stay(WithExtension(shutdown, caller with { State = ExtensionState.Ready, Poll = next.Poll }));
    }

    private static AnswerExtension Farewell(Shutdown shutdown, Poll poll) =>
        new(poll, shutdown.Deadline, null, shutdown.Reason);

    private static Step KillAll(Shutdown shutdown)
    {
        IEnumerable<Effect> runtime = shutdown.Runtime.State == RuntimeState.Absent ? [] : [new KillProcess(null)];
        var extensions = shutdown.Extensions.Where(extension => extension is { External: true, Alive: true })
            .Select(Effect (extension) => new KillProcess(extension.Name));
        return new Step(shutdown with { Stage = ShutdownStage.Killed }, [.. runtime, .. extensions]);
    }

    private static Step Left(Shutdown shutdown, string? extension, DateTimeOffset at)
    {
        var next = (Shutdown)WithoutProcess(shutdown, extension);
        if (!next.HasProcess) return Gone(next, at);
        return extension is null && next.Stage == ShutdownStage.RuntimeLeaving
            ? ExtensionsLeave(next)
            : Step.Stay(next);
    }

    /// <summary>No process is left: over, or empty until the next invocation. <c>/tmp</c> stays.</summary>
    private static Step Gone(Shutdown shutdown, DateTimeOffset at)
    {
        var generation = shutdown.Generation + 1;
        if (shutdown.Final)
        {
            return new Step(
                new Terminated(shutdown) { Generation = generation, Extensions = [] }, [new ReportTerminated()]);
        }

        var ready = new Ready(shutdown) { Generation = generation, Extensions = [] };
        if (shutdown.Waiting is { } invocation) return Open(ready, invocation, at);
        return shutdown.TakenForFree ? Step.Stay(ready) : BecomeReady(at)(ready);
    }

    /// <summary>Ends the environment now; an invocation that is open or waiting is answered.</summary>
    private static Step Retire(Phase phase, DateTimeOffset at) => phase switch
    {
        Invoke invoke => Fail(
            invoke, Failure.HostStopped.AnswerTo(invoke.Invocation.RequestId), Failure.HostStopped,
            ShutdownReason.Spindown, at),
        _ => ShutDown(phase, ShutdownReason.Spindown, at),
    };

    private static Step RetireDuringShutdown(Shutdown shutdown)
    {
        var next = new Step(shutdown with { Final = true, Waiting = null }, []);
        return shutdown.Waiting is { } waiting ? next.After(Unbegun(waiting)) : next;
    }

    private static CompleteInvocation Unbegun(Invocation invocation) =>
        new(invocation, Failure.HostStopped.AnswerTo(invocation.RequestId), TimeSpan.Zero, null);

    private static (Shutdown Next, ArmTimer Timer) Arm(Shutdown shutdown, DateTimeOffset deadline)
    {
        var next = shutdown with { Generation = shutdown.Generation + 1 };
        return (next, new ArmTimer(deadline, next.Generation));
    }

    // Internal extensions live inside the runtime's process and go with it.
    private static Phase WithoutProcess(Phase phase, string? extension) => extension is null
        ? phase with
        {
            Runtime = RuntimeStatus.Absent,
            Extensions = [.. phase.Extensions.Where(other => other.External)],
        }
        : phase.Extensions.FirstOrDefault(other => other.Name == extension) is { } gone
            ? WithExtension(phase, gone with { State = ExtensionState.Exited, Poll = null })
            : phase;
}
