namespace Isobar.Local.Lambda.Environments;

/// <summary>
/// Where an environment is in its life, with everything that the next step needs to know. Immutable.
/// </summary>
/// <remarks>Source of the vocabulary: Lambda developer guide, "Lambda execution environment lifecycle".</remarks>
internal abstract record Phase
{
    protected Phase(Limits limits) => Limits = limits;

    public Limits Limits { get; init; }

    /// <summary>The newest timer's number. It counts up for the life of the environment and is never reused.</summary>
    public long Generation { get; init; }

    /// <summary>
    /// How many times processes were started here; a call from an earlier set of processes is out of date.
    /// </summary>
    public int Incarnation { get; init; }

    public RuntimeStatus Runtime { get; init; } = RuntimeStatus.Absent;

    public IReadOnlyList<ExtensionStatus> Extensions { get; init; } = [];

    /// <summary>The runtime and every extension have asked for their next event.</summary>
    public bool Settled =>
        Runtime.State == RuntimeState.Ready && Extensions.All(extension => extension.State == ExtensionState.Ready);

    /// <summary>Whether the runtime (null) or the external extension of that name may still be running.</summary>
    public bool Has(string? extension) => extension is null
        ? Runtime.State != RuntimeState.Absent
        : Extensions.Any(other => other.Name == extension && other is { External: true, Alive: true });

    /// <summary>Some process of this environment may still be running.</summary>
    public bool HasProcess =>
        Runtime.State != RuntimeState.Absent
        || Extensions.Any(extension => extension is { External: true, Alive: true });
}

/// <summary>Extensions, then the runtime, are starting for the first time. At most 10 s.</summary>
internal sealed record Init : Phase
{
    public Init(Limits limits) : base(limits)
    {
    }

    public required DateTimeOffset StartedAt { get; init; }
}

/// <summary>Idle: waiting for an invocation, stopped once it has been idle for a moment.</summary>
/// <remarks>After a failure the runtime is absent: the next invocation starts it again (a suppressed init).</remarks>
internal sealed record Ready : Phase
{
    public Ready(Phase from) : base(from)
    {
    }

    public bool Frozen { get; init; }

    /// <summary>How long the first init took, until the first invocation has reported it.</summary>
    public TimeSpan? InitDuration { get; init; }
}

/// <summary>One invocation is open: until the runtime and every subscribed extension have asked for next.</summary>
internal sealed record Invoke : Phase
{
    public Invoke(Phase from) : base(from)
    {
    }

    public required Invocation Invocation { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset Deadline { get; init; }

    public TimeSpan? InitDuration { get; init; }

    /// <summary>The processes are still starting: a suppressed init, on the invocation's own time.</summary>
    public bool Initializing { get; init; }

    /// <summary>When the runtime was given its event.</summary>
    public DateTimeOffset ReleasedAt { get; init; }

    /// <summary>When the response began to come, and when the last of it had come.</summary>
    public (DateTimeOffset Began, DateTimeOffset Ended) Responded { get; init; }

    /// <summary>When the runtime asked for its next event, after its response.</summary>
    public DateTimeOffset? RuntimeDoneAt { get; init; }

    /// <summary>What the runtime posted; the caller may still be waiting for the log tail.</summary>
    public Answer? Answer { get; init; }
}

/// <summary>Processes are ending, for good or to be started again by the next invocation.</summary>
internal sealed record Shutdown : Phase
{
    public Shutdown(Phase from) : base(from)
    {
    }

    public required ShutdownReason Reason { get; init; }

    public required ShutdownStage Stage { get; init; }

    /// <summary>When whatever is left is killed; also the deadline in the extensions' event.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>True when the environment is over afterwards; false when it only forgets its processes.</summary>
    public bool Final { get; init; }

    /// <summary>
    /// True when it was idle before: the pool takes it for free still, and may send an invocation at any moment.
    /// </summary>
    public bool TakenForFree { get; init; }

    /// <summary>
    /// An invocation that came during the shutdown: it begins afterwards, with a suppressed init.
    /// </summary>
    public Invocation? Waiting { get; init; }
}

/// <summary>Over. No process is left and none will start.</summary>
internal sealed record Terminated : Phase
{
    public Terminated(Phase from) : base(from)
    {
    }
}

/// <summary>Why an environment shuts down, as the SHUTDOWN event says it.</summary>
internal enum ShutdownReason
{
    Spindown,
    Timeout,
    Failure,
}

internal enum ShutdownStage
{
    RuntimeLeaving,
    ExtensionsLeaving,
    Killed,
}
