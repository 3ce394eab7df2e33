namespace Isobar.Local.Lambda.Environments;

/// <summary>The time limits of one execution environment, and the extensions that it starts.</summary>
/// <param name="Timeout">The function's timeout, 1 to 900 s.</param>
/// <param name="Extensions">The file names of the external extensions, in <c>/opt/extensions</c>.</param>
/// <param name="FreezeAfter">How long an environment is idle before its processes are frozen; null: never.</param>
internal sealed record Limits(TimeSpan Timeout, IReadOnlyList<string> Extensions, TimeSpan? FreezeAfter)
{
    /// <summary>
    /// Maximum duration of an on-demand function's init phase. Source: Lambda developer guide, "Init phase".
    /// </summary>
    public static readonly TimeSpan StandardInit = TimeSpan.FromSeconds(10);

    /// <summary>Maximum duration of this environment's init phase.</summary>
    public TimeSpan Init { get; init; } = StandardInit;

    /// <summary>
    /// Maximum duration of the init phase of provisioned concurrency: 130 s, or the function's timeout where that is
    /// more. Source: the same chapter.
    /// </summary>
    public static readonly TimeSpan LeastProvisionedInit = TimeSpan.FromSeconds(130);

    /// <summary>Whether the init phase has a report of its own and is no invocation's.</summary>
    public bool IsProvisioned { get; init; }

    /// <summary>
    /// Maximum duration of the shutdown phase with external extensions. Source: Lambda developer guide, "Shutdown
    /// phase".
    /// </summary>
    public static readonly TimeSpan ShutdownWithExternalExtensions = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Maximum duration of the shutdown phase with internal extensions only. Source: the same chapter.
    /// </summary>
    public static readonly TimeSpan ShutdownWithInternalExtensions = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// The part of the shutdown phase that the runtime gets, before the extensions. Source: AWS's open-source agent;
    /// older developer guides say 300 ms.
    /// </summary>
    public const double RuntimeShareOfShutdown = 0.3;

    /// <summary>
    /// After a runtime has posted an init error, how long it may take to write its last log lines and exit before it
    /// is killed. Ours: AWS documents no figure.
    /// </summary>
    public static readonly TimeSpan ExitAfterInitError = TimeSpan.FromMilliseconds(300);

    /// <summary>Internal and external extensions together. Source: Lambda developer guide, "Extensions API".</summary>
    public const int MaxExtensions = 10;
}
