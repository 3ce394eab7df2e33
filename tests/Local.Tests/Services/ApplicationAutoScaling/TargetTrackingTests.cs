using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.ApplicationAutoScaling;

public sealed class TargetTrackingTests
{
    [Fact]
    public async Task A_policy_has_two_alarms_on_the_utilization_of_the_alias()
    {
        await using var world = await ScalingWorld.StartAsync(10);
        await world.RegisterAsync(1, 100);

        var policy = await world.TrackAsync();

        var alarms = world.Alarms.All.Values.ToDictionary(alarm => alarm.Name.Contains("AlarmHigh-") ? "high" : "low");
        Assert.Matches("^TargetTracking-function:echo:live-AlarmHigh-[0-9a-f-]{36}$", alarms["high"].Name);
        Assert.Matches("^TargetTracking-function:echo:live-AlarmLow-[0-9a-f-]{36}$", alarms["low"].Name);
        Assert.Equal((0.7, 3, "GreaterThanThreshold"),
            (alarms["high"].Threshold, alarms["high"].EvaluationPeriods, alarms["high"].ComparisonOperator));
        Assert.Equal((0.63, 15, "LessThanThreshold"),
            (alarms["low"].Threshold, alarms["low"].EvaluationPeriods, alarms["low"].ComparisonOperator));
        Assert.All(alarms.Values, alarm => Assert.Equal(
            ("AWS/Lambda ProvisionedConcurrencyUtilization {FunctionName=echo, Resource=echo:live}", "Average",
                TimeSpan.FromMinutes(1), (string?)policy["PolicyARN"]),
            (alarm.Metric.ToString(), alarm.Statistic, alarm.Period, Assert.Single(alarm.AlarmActions))));
        Assert.Equal(2, policy["Alarms"]!.AsArray().Count);
    }

    [Theory]
    [Claim("C8")]
    [InlineData("High", 0.9, 13)]
    [InlineData("High", 1.0, 15)]
    [InlineData("High", 0.71, 11)]
    [InlineData("Low", 0.35, 5)]
    [InlineData("Low", 0.01, 2)]
    [InlineData("Low", 0.62, 9)]
    public async Task The_capacity_follows_the_metric_in_proportion_within_the_bounds(
        string side, double value, int capacity)
    {
        await using var world = await ScalingWorld.StartAsync(10);
        await world.RegisterAsync(2, 15);
        await world.TrackAsync();

        await world.AlarmAsync(side, value);

        Assert.Equal(capacity, await world.CapacityAsync());
        var (_, listed) = await world.AskAsync("DescribeScalingActivities");
        var activity = Assert.Single(listed["ScalingActivities"]!.AsArray())!;
        Assert.Equal(($"Setting desired capacity to {capacity}.", "Successful"),
            ((string?)activity["Description"], (string?)activity["StatusCode"]));
        Assert.Matches($"^monitor alarm TargetTracking-function:echo:live-Alarm{side}-.+ in state ALARM triggered "
            + "policy track$", (string?)activity["Cause"]);
    }

    [Fact]
    public async Task One_point_of_the_metric_counts_once_and_a_later_one_again()
    {
        await using var world = await ScalingWorld.StartAsync(10);
        await world.RegisterAsync(1, 100);
        await world.TrackAsync();

        await world.AlarmAsync("High", 1.4);
        await world.AlarmAsync("High", 1.4);
        Assert.Equal(20, await world.CapacityAsync());
        world.Lambda.World.Clock.JumpBy(TimeSpan.FromMinutes(1));
        await world.AlarmAsync("High", 1.4);
        Assert.Equal(40, await world.CapacityAsync());
    }

    [Fact]
    public async Task A_cooldown_holds_back_and_scaling_in_can_be_off()
    {
        await using var world = await ScalingWorld.StartAsync(10);
        await world.RegisterAsync(1, 100);
        await world.TrackAsync(",\"ScaleOutCooldown\":600,\"DisableScaleIn\":true");

        await world.AlarmAsync("High", 1.4);
        world.Lambda.World.Clock.JumpBy(TimeSpan.FromMinutes(9));
        await world.AlarmAsync("High", 1.4);
        await world.AlarmAsync("Low", 0.1);
        Assert.Equal(20, await world.CapacityAsync());
        world.Lambda.World.Clock.JumpBy(TimeSpan.FromMinutes(1));
        await world.AlarmAsync("High", 1.4);
        Assert.Equal(40, await world.CapacityAsync());
    }

    [Fact]
    public async Task What_is_suspended_does_not_happen()
    {
        await using var world = await ScalingWorld.StartAsync(10);
        await world.RegisterAsync(1, 100);
        await world.TrackAsync();
        await world.AskAsync("RegisterScalableTarget", "\"SuspendedState\":{\"DynamicScalingOutSuspended\":true}");

        await world.AlarmAsync("High", 1.4);
        Assert.Equal(10, await world.CapacityAsync());
        await world.AlarmAsync("Low", 0.35);
        Assert.Equal(5, await world.CapacityAsync());
    }

    [Fact]
    public async Task A_change_that_the_service_refuses_is_an_activity_that_failed()
    {
        await using var world = await ScalingWorld.StartAsync(10);
        world.Lambda.Pool.MaxProvisioned = 12;
        await world.RegisterAsync(1, 100);
        await world.TrackAsync();

        await world.AlarmAsync("High", 1.4);

        Assert.Equal(10, await world.CapacityAsync());
        var (_, listed) = await world.AskAsync("DescribeScalingActivities");
        var activity = Assert.Single(listed["ScalingActivities"]!.AsArray())!;
        Assert.Equal(("Failed", "Failed to set desired capacity to 20. Reason: at most 12"),
            ((string?)activity["StatusCode"], (string?)activity["StatusMessage"]));
    }

    [Fact]
    public async Task Without_a_capacity_to_begin_with_nothing_is_scaled()
    {
        await using var world = await ScalingWorld.StartAsync();
        await world.RegisterAsync(1, 100);
        await world.TrackAsync();

        await world.AlarmAsync("High", 1.4);

        Assert.Empty(world.Lambda.Pool.Wanted.Places);
    }

    [Fact]
    public async Task A_policy_keeps_its_name_and_alarms_when_its_target_changes_and_they_end_with_it()
    {
        await using var world = await ScalingWorld.StartAsync(1);
        await world.RegisterAsync(1, 100);
        var first = await world.TrackAsync();
        var second = await world.TrackAsync(",\"ScaleInCooldown\":5");
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        var (_, listed) = await world.AskAsync("DescribeScalingPolicies", "{\"ServiceNamespace\":\"lambda\"}");
        var shown = Assert.Single(listed["ScalingPolicies"]!.AsArray())!;
        Assert.Equal(5, (int)shown["TargetTrackingScalingPolicyConfiguration"]!["ScaleInCooldown"]!);

        Assert.Equal(200, (await world.AskAsync("DeleteScalingPolicy", "\"PolicyName\":\"track\"")).Status);

        Assert.Empty(world.Alarms.All);
        Assert.Equal(400, (await world.AskAsync("DeleteScalingPolicy", "\"PolicyName\":\"track\"")).Status);
    }

    [Fact]
    public async Task A_policy_whose_alarms_are_refused_is_not_there()
    {
        await using var world = await ScalingWorld.StartAsync(1);
        await world.RegisterAsync(1, 100);
        world.Alarms.Refusal = new AwsException("LimitExceeded", "too many alarms");

        var (status, _) = await world.AskAsync("PutScalingPolicy", "\"PolicyName\":\"p\","
            + "\"TargetTrackingScalingPolicyConfiguration\":{\"TargetValue\":0.7,\"PredefinedMetricSpecification\":"
            + "{\"PredefinedMetricType\":\"LambdaProvisionedConcurrencyUtilization\"}}");

        Assert.Equal(400, status);
        var (_, listed) = await world.AskAsync("DescribeScalingPolicies");
        Assert.Empty(listed["ScalingPolicies"]!.AsArray());
    }

    [Theory]
    [Claim("C9")]
    [InlineData("\"TargetValue\":0.95,\"PredefinedMetricSpecification\":"
        + "{\"PredefinedMetricType\":\"LambdaProvisionedConcurrencyUtilization\"}")]
    [InlineData("\"TargetValue\":0.7,\"PredefinedMetricSpecification\":"
        + "{\"PredefinedMetricType\":\"ALBRequestCountPerTarget\"}")]
    [InlineData("\"TargetValue\":0.7")]
    [InlineData("\"TargetValue\":0,\"CustomizedMetricSpecification\":"
        + "{\"MetricName\":\"m\",\"Namespace\":\"n\",\"Statistic\":\"Sum\"}")]
    public async Task A_target_that_cant_be_tracked_is_refused(string configuration)
    {
        await using var world = await ScalingWorld.StartAsync(1);
        await world.RegisterAsync(1, 100);

        var (status, error) = await world.AskAsync("PutScalingPolicy",
            $"\"PolicyName\":\"p\",\"TargetTrackingScalingPolicyConfiguration\":{{{configuration}}}");

        Assert.Equal(400, status);
        Assert.EndsWith("#ValidationException", (string?)error["__type"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_metric_of_ones_own_can_be_tracked()
    {
        await using var world = await ScalingWorld.StartAsync(4);
        await world.RegisterAsync(1, 100);

        var (status, _) = await world.AskAsync("PutScalingPolicy", "\"PolicyName\":\"p\","
            + "\"TargetTrackingScalingPolicyConfiguration\":{\"TargetValue\":50,\"CustomizedMetricSpecification\":"
            + "{\"MetricName\":\"Load\",\"Namespace\":\"Mine\",\"Statistic\":\"Maximum\","
            + "\"Dimensions\":[{\"Name\":\"A\",\"Value\":\"b\"}]}}");

        Assert.Equal(200, status);
        Assert.All(world.Alarms.All.Values, alarm =>
            Assert.Equal(("Mine Load {A=b}", "Maximum"), (alarm.Metric.ToString(), alarm.Statistic)));
        await world.AlarmAsync("High", 100);
        Assert.Equal(8, await world.CapacityAsync());
    }

    [Fact]
    public async Task Step_scaling_is_refused()
    {
        await using var world = await ScalingWorld.StartAsync(1);
        await world.RegisterAsync(1, 100);
        Assert.Equal(400, (await world.AskAsync(
            "PutScalingPolicy", "\"PolicyName\":\"p\",\"PolicyType\":\"StepScaling\"")).Status);
    }
}
