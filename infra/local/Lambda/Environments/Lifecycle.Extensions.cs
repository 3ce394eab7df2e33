namespace Isobar.Local.Lambda.Environments;

internal static partial class Lifecycle
{
    /// <summary>
    /// An extension registers: external ones while they start, internal ones while the runtime does.
    /// </summary>
    private static Step Register(Phase phase, ExtensionRegistered call)
    {
        if (phase is not (Init or Invoke { Initializing: true })
            || phase.Runtime.State is not (RuntimeState.Absent or RuntimeState.Started))
        {
            return Refuse(phase, call, Refusal.RegistrationClosed);
        }

        var known = phase.Extensions.FirstOrDefault(extension => extension.Name == call.Name);
        if (known is { External: true, State: ExtensionState.Started })
        {
            var next = WithExtension(phase, known with { State = ExtensionState.Registered, Events = call.Events });
            return StartRuntimeOnceRegistered(next);
        }

        if (known is not null) return Refuse(phase, call, Refusal.InvalidExtensionState(phase, call));
        if (call.Events.HasFlag(ExtensionEvents.Shutdown))
            return Refuse(phase, call, Refusal.ShutdownForInternalExtension);
        if (phase.Extensions.Count >= Limits.MaxExtensions) return Refuse(phase, call, Refusal.TooManyExtensions);
        var joined = new ExtensionStanding(call.Name, false, ExtensionState.Registered, call.Events);
        return Step.Stay(phase with { Extensions = [.. phase.Extensions, joined] });
    }

    private static Step StartRuntimeOnceRegistered(Phase phase)
    {
        var waiting = phase.Extensions.Any(
            extension => extension is { External: true, State: ExtensionState.Started });
        return waiting || phase.Runtime.State != RuntimeState.Absent
            ? Step.Stay(phase)
            : new Step(phase with { Runtime = RuntimeStanding.Started }, [new StartRuntime(phase.Incarnation)]);
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
        return legal
            ? Break(phase, Failure.ExtensionReported(call.During, call.ErrorType), call.At)
            : Refuse(phase, call, Refusal.InvalidExtensionState(phase, call));
    }

    private static Phase WithExtension(Phase phase, ExtensionStanding changed) => phase with
    {
        Extensions = [.. phase.Extensions.Select(extension => extension.Name == changed.Name ? changed : extension)],
    };
}
