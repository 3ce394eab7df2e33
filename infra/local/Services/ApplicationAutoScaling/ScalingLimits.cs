namespace Isobar.Local.Services.ApplicationAutoScaling;

/// <summary>Application Auto Scaling's numbers.</summary>
/// <remarks>
/// Source, unless a member says otherwise: Application Auto Scaling User Guide, "Quotas for Application Auto Scaling".
/// </remarks>
internal static class ScalingLimits
{
    /// <summary>In a Region. AWS counts them by the kind of resource.</summary>
    public const int MaxTargets = 5_000;

    /// <summary>Of one scalable target, step scaling included.</summary>
    public const int MaxPolicies = 50;

    /// <summary>Of one scalable target.</summary>
    public const int MaxScheduledActions = 200;

    /// <summary>
    /// Activities that are kept of each target, the newest ones. Ours: AWS keeps those of six weeks.
    /// </summary>
    public const int MaxActivities = 100;

    /// <summary>Source: API Reference, DescribeScalableTargets.</summary>
    public const int MaxOnPage = 50;

    public const int MaxNameCharacters = 256;

    public const int MaxResourceIdCharacters = 1_600;

    /// <summary>The protocol's own limit of a request; ours.</summary>
    public const int MaxRequestBytes = 1_048_576;

    /// <summary>One-minute points above the target before it scales out.</summary>
    /// <remarks>Source: User Guide, "Target tracking".</remarks>
    public const int HighPoints = 3;

    /// <summary>
    /// One-minute points below <see cref="LowShare"/> of the target before it scales in. Source: the alarms that
    /// Application Auto Scaling makes for Lambda.
    /// </summary>
    public const int LowPoints = 15;

    /// <summary>The threshold of the low alarm, as a share of the target value. Source: the same.</summary>
    public const double LowShare = 0.9;

    /// <summary>
    /// A point of the metric counts for one change only: until there is a newer one, the policy waits. The period of
    /// its alarms.
    /// </summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
}
