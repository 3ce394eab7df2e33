namespace Isobar.Local.Lambda.Environments;

/// <summary>Something for the shell to do. It is done after the step, in order, outside the monitor.</summary>
internal abstract record Effect;

internal sealed record StartRuntime(int Incarnation) : Effect;

internal sealed record StartExtension(int Incarnation, string Name) : Effect;

/// <summary>Gives the runtime its event.</summary>
internal sealed record AnswerNext(Poll Poll, Invocation Invocation, DateTimeOffset Deadline) : Effect;

/// <summary>Gives an extension its INVOKE event (with an invocation) or its SHUTDOWN event (with a reason).</summary>
internal sealed record AnswerExtension(
    Poll Poll, DateTimeOffset Deadline, Invocation? Invocation, ShutdownReason? Reason) : Effect;

/// <summary>Gives the caller its answer. Exactly once an invocation.</summary>
internal sealed record CompleteInvocation(
    Invocation Invocation, Answer Answer, TimeSpan Duration, TimeSpan? InitDuration) : Effect;

/// <summary>Arms the environment's one timer, in place of any earlier deadline.</summary>
internal sealed record ArmTimer(DateTimeOffset Deadline, long Generation) : Effect;

/// <summary>SIGCONT, then SIGTERM, to the process group of the runtime (null) or of an extension.</summary>
internal sealed record TerminateProcess(string? Extension) : Effect;

/// <summary>SIGKILL to the process group of the runtime (null) or of an extension.</summary>
internal sealed record KillProcess(string? Extension) : Effect;

/// <summary>SIGSTOP to every process group of the environment.</summary>
internal sealed record Freeze : Effect;

/// <summary>SIGCONT to every process group of the environment.</summary>
internal sealed record Thaw : Effect;

/// <summary>Refuses a fact; if it was an API call, this is its answer.</summary>
internal sealed record Reject(Fact Fact, string ErrorType, int Status, string Message) : Effect;

/// <summary>Tells the pool that the caller has its answer: the environment will be free in a moment.</summary>
internal sealed record ReportAnswered : Effect;

/// <summary>Tells the pool that the environment takes an invocation: its init has ended, or its latest one.</summary>
internal sealed record ReportReady : Effect;

/// <summary>Tells the pool that the environment is over.</summary>
internal sealed record ReportTerminated : Effect;

/// <summary>A line of the platform in the function's log.</summary>
internal abstract record WriteLog : Effect;

internal sealed record WriteInitStart : WriteLog;

/// <summary>Written when an init fails, and at the end of every init of provisioned concurrency.</summary>
/// <param name="Failure">Null when it went well.</param>
internal sealed record WriteInitReport(TimeSpan Duration, Failure? Failure) : WriteLog;

/// <summary>How an extension came through the init phase. Written for each of them when the phase ends.</summary>
/// <param name="State">Its state, in AWS's words; <c>Ready</c> when all went well.</param>
/// <param name="ErrorType">Null when nothing went wrong with it.</param>
internal sealed record WriteExtension(string Name, string State, ExtensionEvents Events, string? ErrorType) : WriteLog;

/// <summary>The start of an invocation.</summary>
internal sealed record WriteStart(Invocation Invocation) : WriteLog
{
    /// <summary>The processes are started for it first: a suppressed init.</summary>
    public bool Initializing { get; init; }
}

/// <summary>END and REPORT.</summary>
/// <param name="Duration">Of the runtime and the extensions together.</param>
/// <param name="Failure">Null when the platform has nothing to say against the invocation.</param>
internal sealed record WriteReport(
    Invocation Invocation, TimeSpan Duration, TimeSpan? InitDuration, Failure? Failure) : WriteLog
{
    /// <summary>How long extensions worked on after the runtime was done; null without extensions.</summary>
    public (DateTimeOffset Began, DateTimeOffset Ended)? ExtensionOverhead { get; init; }
}

/// <summary>Something for the telemetry stream alone; a function's log has no line for it.</summary>
internal abstract record WriteEvent : WriteLog;

/// <summary>The processes are started again inside an invocation.</summary>
internal sealed record WriteSuppressedInitStart : WriteEvent;

/// <summary>The runtime has started and asked for its first event.</summary>
internal sealed record WriteInitRuntimeDone : WriteEvent;

/// <summary>The runtime and all extensions have asked for their first event.</summary>
internal sealed record WriteInitDone : WriteEvent;

/// <summary>The runtime has responded and asked for its next event.</summary>
/// <param name="Started">When it was given the event.</param>
/// <param name="Ended">When it asked for the next one.</param>
/// <param name="ProducedBytes">The response's length.</param>
internal sealed record WriteRuntimeDone(
    Invocation Invocation, DateTimeOffset Started, DateTimeOffset ResponseBegan, DateTimeOffset ResponseEnded,
    DateTimeOffset Ended, long ProducedBytes) : WriteEvent;
