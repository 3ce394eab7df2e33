namespace Isobar.Local.Lambda.Delivery;

/// <summary>The numbers of asynchronous invocation.</summary>
/// <remarks>Source, unless a member says otherwise: AWS Lambda Developer Guide, "How Lambda handles errors and retries
/// with asynchronous invocation".</remarks>
internal static class AsynchronousLimits
{
    /// <summary>Retries after function errors: three attempts in all.</summary>
    public const int MaximumRetryAttempts = 2;

    public static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan LaterRetryDelay = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The wait after the first throttle or service error; it doubles up to <see cref="LastBackoff"/>.
    /// </summary>
    public static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan LastBackoff = TimeSpan.FromMinutes(5);

    public static readonly TimeSpan MaximumEventAge = TimeSpan.FromHours(6);

    /// <summary>Events held, waiting ones and running ones. This host's bound: AWS publishes none.</summary>
    public const int MaxEvents = 10_000;

    /// <summary>Bytes of payload held, 256 MiB. This host's bound: AWS publishes none.</summary>
    public const long MaxBytes = 256L * 1_048_576;

    /// <summary>
    /// Attempts under way at a time; others wait. This host's bound: it is far above its environments.
    /// </summary>
    public const int MaxInFlight = 256;
}
