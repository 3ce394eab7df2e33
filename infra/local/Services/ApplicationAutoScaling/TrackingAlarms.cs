using System.Globalization;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApplicationAutoScaling;

/// <summary>The two alarms of a target tracking policy.</summary>
/// <remarks>
/// Source: the alarms that Application Auto Scaling makes for Lambda: three points of a minute above the target,
/// fifteen below 90 % of it. Where nothing runs there are no points, so that nothing is scaled in.
/// </remarks>
internal sealed class TrackingAlarms(ServiceContext context)
{
    /// <summary>A new policy, with the names that its alarms will have.</summary>
    public ScalingPolicy NewPolicy(
        string name, ScalingKey key, TargetTracking tracking, string region, DateTimeOffset now)
    {
        var id = context.Identifiers.NewGuid();
        return new ScalingPolicy(
            name, key, new Arn("aws", "autoscaling", region, context.AccountId,
                $"scalingPolicy:{id}:resource/{key.Namespace}/{key.ResourceId}:policyName/{name}"),
            Alarm("High"), Alarm("Low"), now, tracking);

        Arn Alarm(string side) => new("aws", "cloudwatch", region, context.AccountId,
            $"alarm:TargetTracking-{key.ResourceId}-Alarm{side}-{context.Identifiers.NewGuid()}");
    }

    /// <summary>Makes the alarms, or changes them.</summary>
    /// <exception cref="AwsException">CloudWatch refuses them.</exception>
    public void Put(ScalingPolicy policy)
    {
        var alarms = context.Directory.Of<IAlarms>(policy.HighAlarm)
            ?? throw ScalingErrors.Validation("This host has no CloudWatch alarms, which target tracking needs.");
        var tracking = policy.Tracking;
        alarms.Put(policy.HighAlarm, Define(
            policy, policy.HighAlarm, ScalingLimits.HighPoints, tracking.TargetValue, "GreaterThanThreshold"));
        // 0.7 times 0.9 is 0.63 here as it is there.
        var low = Math.Round(tracking.TargetValue * ScalingLimits.LowShare, 10);
        alarms.Put(policy.LowAlarm, Define(
            policy, policy.LowAlarm, ScalingLimits.LowPoints, low, "LessThanThreshold"));
    }

    /// <summary>The name of an alarm, from its ARN.</summary>
    public static string NameOf(Arn alarm) => alarm.Resource[(alarm.Resource.IndexOf(':') + 1)..];

    private static AlarmDefinition Define(
        ScalingPolicy policy, Arn alarm, int points, double threshold, string comparison) => new(
            NameOf(alarm), policy.Tracking.Metric, policy.Tracking.Statistic, ScalingLimits.Period, points, threshold,
            comparison)
        {
            Description = string.Create(CultureInfo.InvariantCulture,
                $"DO NOT EDIT OR DELETE. For TargetTrackingScaling policy {policy.Arn}."),
            AlarmActions = [policy.Arn.ToString()],
            Unit = policy.Tracking.Unit,
        };
}
