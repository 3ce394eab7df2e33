using Isobar.Local.Deployment;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CloudWatch;

/// <summary>Amazon CloudWatch: no operation is built, and alarms and dashboards change nothing.</summary>
internal sealed class CloudWatchModule : IServiceModule
{
    private const string Why = "metrics are shown, alarms and dashboards are not evaluated";

    public static TemplateParts Parts { get; } = new()
    {
        InertTypes =
        [
            new("AWS::CloudWatch::Alarm", "AlarmName", Why, "ActionsEnabled", "AlarmActions", "AlarmDescription",
                "ComparisonOperator", "DatapointsToAlarm", "Dimensions", "EvaluateLowSampleCountPercentile",
                "EvaluationPeriods", "ExtendedStatistic", "InsufficientDataActions", "MetricName", "Metrics",
                "Namespace", "OKActions", "Period", "Statistic", "Tags", "Threshold", "ThresholdMetricId",
                "TreatMissingData", "Unit")
            {
                Attributes = alarm => new() { ["Arn"] = alarm.Arn("cloudwatch", $"alarm:{alarm.Name}") },
            },
            new("AWS::CloudWatch::Dashboard", "DashboardName", Why, "DashboardBody"),
        ],
    };

    public string SigningName => "monitoring";

    public IWireProtocol? Wire => null;

    TemplateParts IServiceModule.TemplateParts => Parts;
}
