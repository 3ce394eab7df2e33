namespace Isobar.Local.Services.ApplicationAutoScaling;

/// <summary>A target tracking policy: keeps a metric near a value by changing the capacity.</summary>
/// <param name="Arn">Its two alarms name it as their action.</param>
internal sealed record ScalingPolicy(
    string Name, ScalingKey Key, Arn Arn, Arn HighAlarm, Arn LowAlarm, DateTimeOffset CreatedAt,
    TargetTracking Tracking)
{
    /// <summary>The capacity that would bring the metric to its target, if it falls as the capacity rises.</summary>
    /// <remarks>Source: Application Auto Scaling User Guide, "How target tracking scaling works".</remarks>
    public int Desired(int current, double value) =>
        (int)Math.Clamp(Math.Ceiling((current * value / Tracking.TargetValue) - 1e-9), 0, int.MaxValue);
}

/// <summary>What a target tracking policy follows.</summary>
/// <param name="Predefined">The type of a metric that the service knows; null for a custom one.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Statistic"><c>Average</c> for predefined ones.</param>
/// <param name="ScaleOutCooldown">How long it does not scale out again; zero where the service says nothing.</param>
internal sealed record TargetTracking(
    double TargetValue, string? Predefined, Metric Metric, string Statistic, string? Unit,
    TimeSpan ScaleOutCooldown, TimeSpan ScaleInCooldown, bool DisableScaleIn)
{
    /// <summary>As the caller said it; null for what was not said.</summary>
    public int? ScaleOutCooldownSeconds { get; init; }

    public int? ScaleInCooldownSeconds { get; init; }
}
