namespace Isobar.Local.Lambda.Environments;

/// <summary>
/// How many environments this machine runs, and when one function's environment makes room for another's. AWS has no
/// such limits: its own are counted where invocations are admitted.
/// </summary>
internal sealed record PoolLimits
{
    /// <summary>Environments at a time, over all functions. At least 1.</summary>
    public int MaxEnvironments { get; init; } = 16;

    /// <summary>
    /// Environments whose init phase runs at a time, over all functions. At least 1. Where it is more than 1, one of
    /// them is for synchronous invocations alone.
    /// </summary>
    /// <remarks>
    /// An init phase keeps a core busy: more of them at a time than there are cores make each slower, and those that
    /// have started already.
    /// </remarks>
    public int MaxStarting { get; init; } = Math.Max(2, Environment.ProcessorCount);

    /// <summary>Invocations that wait for an environment, at most: synchronous ones, and others, each.</summary>
    public int MaxWaiting { get; init; } = 1_000;

    /// <summary>Service time after which an idle environment is retired; AWS says only "minutes".</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long an environment that has answered but not yet asked for its next event (or is being reset after a
    /// failure) is waited for, before another one is started beside it: a cold start costs more than this.
    /// </summary>
    public TimeSpan AnsweredGrace { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// A start that takes longer than this waits for something else than a core, so it no longer keeps others from
    /// starting.
    /// </summary>
    public TimeSpan StartCountsFor { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// An environment that has been idle for this long, without work for it, gives its place to any other function.
    /// </summary>
    public TimeSpan IdleBeforeTaken { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an environment can be used at least before another function's takes its place.</summary>
    public TimeSpan LeastResidency { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The same where more functions have work than there are places, so that they take turns and each turn is worth
    /// its start.
    /// </summary>
    public TimeSpan Turn { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long synchronous invocations pass others, and how long they wait for a busy environment of a function that
    /// has more than its share before they take the last idle one of another.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Environments that work in the background may keep busy: all but one, so that a synchronous invocation finds a
    /// place however long that work takes.
    /// </summary>
    public int MaxBackground => Math.Max(1, MaxEnvironments - 1);

    /// <summary>
    /// Environments that may be provisioned concurrency: all but two, which are left to all other invocations.
    /// </summary>
    public int MaxProvisioned => Math.Max(0, MaxEnvironments - 2);

    /// <summary>
    /// How long a provisioned environment whose init has failed is waited for before another one is started.
    /// </summary>
    public TimeSpan ProvisionAgain { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Of <see cref="MaxStarting"/>, for work in the background.</summary>
    public int MaxStartingInBackground => Math.Max(1, MaxStarting - 1);
}
