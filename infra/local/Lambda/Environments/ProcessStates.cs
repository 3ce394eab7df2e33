namespace Isobar.Local.Lambda.Environments;

/// <summary>
/// What the runtime has done last, by its calls to the runtime API. The names are those of AWS's state machine; AWS's
/// error messages contain them.
/// </summary>
internal enum RuntimeState
{
    Absent,
    Started,
    Ready,
    Running,
    ResponseSent,
}

/// <summary>The state of the runtime process.</summary>
/// <param name="Poll">Its call to <c>/next</c> that waits for a response, if there is one.</param>
internal sealed record RuntimeStatus(RuntimeState State, Poll? Poll = null)
{
    public static readonly RuntimeStatus Absent = new(RuntimeState.Absent);
    public static readonly RuntimeStatus Started = new(RuntimeState.Started);
    public static readonly RuntimeStatus Running = new(RuntimeState.Running);
    public static readonly RuntimeStatus ResponseSent = new(RuntimeState.ResponseSent);
}

/// <summary>What one extension has done last, by its calls to the extensions API.</summary>
internal enum ExtensionState
{
    Started,
    Registered,
    Ready,
    Running,
    Exited,
}

/// <summary>The events that an extension has registered for.</summary>
[Flags]
internal enum ExtensionEvents
{
    None = 0,
    Invoke = 1,
    Shutdown = 2,
}

internal static class ExtensionEventNames
{
    /// <summary>The events' names in the extensions API and in the log.</summary>
    public static IEnumerable<string> Names(this ExtensionEvents events)
    {
        if (events.HasFlag(ExtensionEvents.Invoke)) yield return "INVOKE";
        if (events.HasFlag(ExtensionEvents.Shutdown)) yield return "SHUTDOWN";
    }
}

/// <summary>The state of one extension.</summary>
/// <param name="External">Whether it has its own process; an internal extension runs in the runtime's.</param>
/// <param name="Poll">Its call to <c>/event/next</c> that waits for a response, if there is one.</param>
/// <param name="Identifier">The host issues it when the extension registers; empty before.</param>
internal sealed record ExtensionStatus(
    string Name, bool External, ExtensionState State, ExtensionEvents Events = ExtensionEvents.None,
    Poll? Poll = null, Guid Identifier = default)
{
    /// <summary>Why it failed; set while the environment is reset because of that.</summary>
    public ExtensionFailure? Failure { get; init; }

    public bool Alive => State != ExtensionState.Exited;
}

/// <summary>Why an extension failed, as the platform's log line says it.</summary>
/// <param name="State"><c>LaunchError</c>, <c>InitError</c> or <c>ExitError</c>.</param>
/// <param name="ErrorType">As the extension reported it, or the platform's, such as <c>PermissionDenied</c>.</param>
internal sealed record ExtensionFailure(string State, string ErrorType);

/// <summary>An extension that may use the environment's APIs, found by its identifier.</summary>
internal sealed record RegisteredExtension(Guid Identifier, string Name, bool External, ExtensionEvents Events);
