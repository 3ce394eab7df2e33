namespace Isobar.Local.Lambda.Environments;

internal static partial class Lifecycle
{
    /// <summary>
    /// An extension registers: external ones while they start, internal ones while the runtime does.
    /// </summary>
    /// <remarks>Source of the order of checks: the runtime interface emulator, <c>agentregister.go</c>.</remarks>
    private static Step Register(Phase phase, ExtensionRegistered call)
    {
        var known = phase.Extensions.FirstOrDefault(extension => extension.Name == call.Name);
        if (known is { External: true, State: ExtensionState.Started })
        {
            return StartRuntimeOnceRegistered(WithExtension(phase, known with
            {
                State = ExtensionState.Registered, Events = call.Events, Identifier = call.Identifier,
            }));
        }

        if (known is { External: true }) return Refuse(phase, call, Refusal.InvalidExtensionState(phase, call));
        if (call.Events.HasFlag(ExtensionEvents.Shutdown))
            return Refuse(phase, call, Refusal.ShutdownForInternalExtension);
        if (phase is not (Init or Invoke { Initializing: true })
            || phase.Runtime.State is not (RuntimeState.Absent or RuntimeState.Started))
        {
            return Refuse(phase, call, Refusal.RegistrationClosed);
        }

        if (known is not null) return Refuse(phase, call, Refusal.ExtensionNameTaken);
        if (phase.Extensions.Count >= Limits.MaxExtensions) return Refuse(phase, call, Refusal.TooManyExtensions);
        var joined = new ExtensionStatus(
            call.Name, false, ExtensionState.Registered, call.Events, Identifier: call.Identifier);
        return Step.Stay(phase with { Extensions = [.. phase.Extensions, joined] });
    }

    private static Step StartRuntimeOnceRegistered(Phase phase)
    {
        var waiting = phase.Extensions.Any(
            extension => extension is { External: true, State: ExtensionState.Started });
        return waiting || phase.Runtime.State != RuntimeState.Absent
            ? Step.Stay(phase)
            : new Step(phase with { Runtime = RuntimeStatus.Started }, [new StartRuntime(phase.Incarnation)]);
    }

    private static Step ExtensionReady(Phase phase, ExtensionNext call)
    {
        var caller = phase.Extensions.FirstOrDefault(extension => extension.Name == call.Name);
        var legal = caller?.State switch
        {
            ExtensionState.Registered or ExtensionState.Running => true,
            ExtensionState.Ready => caller.Poll is null,
            _ => false,
        };
        if (!legal) return Refuse(phase, call, Refusal.InvalidExtensionState(phase, call));
        return Settle(
            WithExtension(phase, caller! with { State = ExtensionState.Ready, Poll = call.Poll }), call.At);
    }

    // The first fatal error wins: the process's exit, which follows, finds the environment in Shutdown.
    private static Step ExtensionGaveUp(Phase phase, ExtensionFailed call)
    {
        var caller = phase.Extensions.FirstOrDefault(extension => extension.Name == call.Name);
        var legal = call.During == ExtensionFault.Init
            ? caller?.State == ExtensionState.Registered
            : caller is { State: ExtensionState.Registered or ExtensionState.Ready or ExtensionState.Running };
        if (!legal) return Refuse(phase, call, Refusal.InvalidExtensionState(phase, call));
        var reason = new ExtensionFailure(
            call.During == ExtensionFault.Init ? "InitError" : "ExitError", call.ErrorType);
        return Break(
            WithExtension(phase, caller! with { Failure = reason }),
            Failure.ExtensionReported(call.During, call.ErrorType), call.At);
    }

    /// <summary>What the log says of the extensions when an init ends, however it ends.</summary>
    private static IEnumerable<Effect> ExtensionLines(Phase phase) => phase.Extensions.Select(
        Effect (extension) => new WriteExtension(
            extension.Name, extension.Failure?.State ?? extension.State.ToString(), extension.Events,
            extension.Failure?.ErrorType));

    private static Phase WithExtension(Phase phase, ExtensionStatus changed) => phase with
    {
        Extensions = [.. phase.Extensions.Select(extension => extension.Name == changed.Name ? changed : extension)],
    };
}
