using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApplicationAutoScaling.Operations;

/// <summary>TargetTrackingScalingPolicyConfiguration.</summary>
internal sealed record TargetTrackingShape(
    double? TargetValue, PredefinedMetricShape? PredefinedMetricSpecification,
    CustomizedMetricShape? CustomizedMetricSpecification, int? ScaleOutCooldown, int? ScaleInCooldown,
    bool? DisableScaleIn)
{
    public static TargetTrackingShape Of(TargetTracking tracking) => new(
        tracking.TargetValue,
        tracking.Predefined is { } type ? new PredefinedMetricShape(type, null) : null,
        tracking.Predefined is null ? CustomizedMetricShape.Of(tracking) : null,
        tracking.ScaleOutCooldownSeconds, tracking.ScaleInCooldownSeconds,
        tracking.DisableScaleIn ? true : null);

    /// <exception cref="AwsException">ValidationException.</exception>
    public TargetTracking Read(ServiceContext context, Arn resource)
    {
        if (TargetValue is not > 0 or double.PositiveInfinity)
            throw ScalingErrors.Validation("TargetValue must be a number above 0.");
        if (PredefinedMetricSpecification is null == CustomizedMetricSpecification is null)
            throw ScalingErrors.Validation(
                "One of PredefinedMetricSpecification and CustomizedMetricSpecification must be specified.");
        if (ScaleOutCooldown < 0 || ScaleInCooldown < 0)
            throw ScalingErrors.Validation("A cooldown must not be negative.");
        var type = PredefinedMetricSpecification?.PredefinedMetricType;
        var metric = PredefinedMetricSpecification is null
            ? CustomizedMetricSpecification!.Read()
            : context.Directory.Of<IScalable>(resource)?.PredefinedMetric(resource, type ?? "")
                ?? throw ScalingErrors.Validation(
                    $"The predefined metric type {type} does not apply to {resource.Resource}.");
        // Source: User Guide, "Target tracking": utilization of provisioned concurrency is between 0.1 and 0.9.
        if (type is not null && TargetValue is < 0.1 or > 0.9)
            throw ScalingErrors.Validation($"The target value of {type} must be from 0.1 to 0.9.");
        return new TargetTracking(
            TargetValue.Value, type, metric, CustomizedMetricSpecification?.Statistic ?? "Average",
            CustomizedMetricSpecification?.Unit, TimeSpan.FromSeconds(ScaleOutCooldown ?? 0),
            TimeSpan.FromSeconds(ScaleInCooldown ?? 0), DisableScaleIn is true)
        {
            ScaleOutCooldownSeconds = ScaleOutCooldown, ScaleInCooldownSeconds = ScaleInCooldown,
        };
    }
}

internal sealed record PredefinedMetricShape(string? PredefinedMetricType, string? ResourceLabel);

internal sealed record CustomizedMetricShape(
    string? MetricName, string? Namespace, IReadOnlyList<DimensionShape>? Dimensions, string? Statistic, string? Unit)
{
    private static readonly string[] Statistics = ["Average", "Minimum", "Maximum", "SampleCount", "Sum"];

    public static CustomizedMetricShape Of(TargetTracking tracking) => new(
        tracking.Metric.Name, tracking.Metric.Namespace,
        [.. tracking.Metric.Dimensions.Select(one => new DimensionShape(one.Name, one.Value))], tracking.Statistic,
        tracking.Unit);

    /// <exception cref="AwsException">ValidationException.</exception>
    public Metric Read()
    {
        if (string.IsNullOrEmpty(MetricName) || string.IsNullOrEmpty(Namespace) || !Statistics.Contains(Statistic))
            throw ScalingErrors.Validation("A custom metric has a MetricName, a Namespace and a Statistic "
                + $"({string.Join(", ", Statistics)}); expressions over several metrics are not built here.");
        return new Metric(Namespace, MetricName,
            [.. (Dimensions ?? []).Select(one => new MetricDimension(one.Name ?? "", one.Value ?? ""))]);
    }
}

internal sealed record DimensionShape(string? Name, string? Value);
