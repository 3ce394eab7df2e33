namespace Isobar.Local.Lambda.Environments;

/// <summary>
/// The runtime's own state; the names are those of AWS's state machine, and appear in its error messages.
/// </summary>
internal enum RuntimeState
{
    Absent,
    Started,
    Ready,
    Running,
    ResponseSent,
}

/// <summary>What the runtime process is doing.</summary>
/// <param name="Poll">Its parked <c>/next</c>, while there is one.</param>
internal sealed record RuntimeStanding(RuntimeState State, Poll? Poll = null)
{
    public static readonly RuntimeStanding Absent = new(RuntimeState.Absent);
    public static readonly RuntimeStanding Started = new(RuntimeState.Started);
    public static readonly RuntimeStanding Running = new(RuntimeState.Running);
    public static readonly RuntimeStanding ResponseSent = new(RuntimeState.ResponseSent);
}

internal enum ExtensionState
{
    Started,
    Registered,
    Ready,
    Running,
    Exited,
}

/// <summary>The events that an extension asked for.</summary>
[Flags]
internal enum ExtensionEvents
{
    None = 0,
    Invoke = 1,
    Shutdown = 2,
}

internal static class ExtensionEventNames
{
    /// <summary>As the APIs and the log spell them.</summary>
    public static IEnumerable<string> Names(this ExtensionEvents events)
    {
        if (events.HasFlag(ExtensionEvents.Invoke)) yield return "INVOKE";
        if (events.HasFlag(ExtensionEvents.Shutdown)) yield return "SHUTDOWN";
    }
}

/// <summary>What one extension is doing.</summary>
/// <param name="External">It has a process of its own; an internal one lives and dies with the runtime.</param>
/// <param name="Poll">Its parked <c>/event/next</c>, while there is one.</param>
/// <param name="Identifier">Given when it registered; empty before.</param>
internal sealed record ExtensionStanding(
    string Name, bool External, ExtensionState State, ExtensionEvents Events = ExtensionEvents.None,
    Poll? Poll = null, Guid Identifier = default)
{
    /// <summary>What went wrong with it, while the environment is being reset for that.</summary>
    public ExtensionTrouble? Trouble { get; init; }

    public bool Alive => State != ExtensionState.Exited;
}

/// <summary>Why an extension failed, in the words of the platform's log.</summary>
/// <param name="State"><c>LaunchError</c>, <c>InitError</c> or <c>ExitError</c>.</param>
/// <param name="ErrorType">The extension's own, or the platform's: <c>PermissionDenied</c>, …</param>
internal sealed record ExtensionTrouble(string State, string ErrorType);

/// <summary>An extension that may use the environment's APIs, found by its identifier.</summary>
internal sealed record RegisteredExtension(Guid Identifier, string Name, bool External, ExtensionEvents Events);

/// <summary>What an environment's life is bounded by.</summary>
/// <param name="Timeout">The function's timeout, 1 to 900 s.</param>
/// <param name="Extensions">The file names of the external extensions.</param>
/// <param name="FreezeAfter">How long an environment stays idle before it is stopped; null never stops it.</param>
internal sealed record Limits(TimeSpan Timeout, IReadOnlyList<string> Extensions, TimeSpan? FreezeAfter)
{
    /// <summary>The longest init phase. Source: Lambda developer guide, "Init phase".</summary>
    public static readonly TimeSpan StandardInit = TimeSpan.FromSeconds(10);

    /// <summary>How long this environment's init phase may take.</summary>
    public TimeSpan Init { get; init; } = StandardInit;

    /// <summary>Source: Lambda developer guide, "Shutdown phase": 2,000 ms with external extensions.</summary>
    public static readonly TimeSpan ShutdownWithExternalExtensions = TimeSpan.FromSeconds(2);

    /// <summary>The same, with internal extensions only.</summary>
    public static readonly TimeSpan ShutdownWithInternalExtensions = TimeSpan.FromMilliseconds(500);

    /// <summary>The runtime's share of the shutdown time (AWS's agent source; older guides say 300 ms).</summary>
    public const double RuntimeShareOfShutdown = 0.3;

    /// <summary>
    /// For a runtime that has posted an init error, to write its last lines and exit. This host's choice.
    /// </summary>
    public static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(300);

    /// <summary>Source: Lambda developer guide, "Extensions API": internal and external together.</summary>
    public const int MaxExtensions = 10;
}
