namespace Isobar.Local.Lambda.Delivery;

/// <summary>The numbers of asynchronous invocation.</summary>
/// <remarks>Source, unless a member says otherwise: AWS Lambda Developer Guide, "How Lambda handles errors and retries
/// with asynchronous invocation".</remarks>
internal static class AsynchronousLimits
{
    /// <summary>Retries after function errors: three attempts in all. The default, and the most.</summary>
    public const int MaximumRetryAttempts = 2;

    public static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan LaterRetryDelay = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The wait after the first throttle or service error; it doubles up to <see cref="LastBackoff"/>.
    /// </summary>
    public static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan LastBackoff = TimeSpan.FromMinutes(5);

    /// <summary>The default, and the most.</summary>
    public static readonly TimeSpan MaximumEventAge = TimeSpan.FromHours(6);

    public static readonly TimeSpan LeastMaximumEventAge = TimeSpan.FromSeconds(60);

    /// <summary>How often a record is offered to its target. This host's bound: AWS publishes none.</summary>
    public const int MaxDeliveryAttempts = 10;

    /// <summary>
    /// The pause after the first failed delivery; it doubles up to <see cref="LongestDeliveryPause"/>.
    /// </summary>
    /// <remarks>This host's numbers: AWS publishes none.</remarks>
    public static readonly TimeSpan FirstDeliveryPause = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan LongestDeliveryPause = TimeSpan.FromMinutes(1);

    /// <summary>Records and dead letters that are not delivered yet. This host's bound.</summary>
    public const int MaxPendingDeliveries = 10_000;

    /// <summary>Bytes of those, 256 MiB. This host's bound.</summary>
    public const long MaxPendingDeliveryBytes = 256L * 1_048_576;

    /// <summary>Events held, waiting ones and running ones. This host's bound: AWS publishes none.</summary>
    public const int MaxEvents = 10_000;

    /// <summary>Bytes of payload held, 256 MiB. This host's bound: AWS publishes none.</summary>
    public const long MaxBytes = 256L * 1_048_576;

    /// <summary>
    /// Attempts under way at a time; others wait. This host's bound: it is far above its environments.
    /// </summary>
    public const int MaxInFlight = 256;
}
