using System.Text.Json.Nodes;
using Isobar.Local.Ownership;

namespace Isobar.Local.Tests.Services.ApplicationAutoScaling;

public sealed class ScalableTargetTests
{
    private const string Dimension = "lambda:function:ProvisionedConcurrency";

    [Fact]
    public async Task A_target_is_registered_shown_changed_and_deregistered()
    {
        await using var world = await ScalingWorld.StartAsync(5);

        var (status, registered) = await world.AskAsync(
            "RegisterScalableTarget", "\"MinCapacity\":1,\"MaxCapacity\":10");
        Assert.Equal(200, status);
        Assert.Matches("^arn:aws:application-autoscaling:us-east-1:000000000000:scalable-target/[0-9a-f]{34}$",
            (string?)registered["ScalableTargetARN"]);
        await world.AskAsync("RegisterScalableTarget", "\"MaxCapacity\":20");
        var (_, listed) = await world.AskAsync("DescribeScalableTargets",
            """{"ServiceNamespace":"lambda","ResourceIds":["function:echo:live"]}""");
        var target = Assert.Single(listed["ScalableTargets"]!.AsArray())!;
        Assert.Equal((1, 20, (string?)registered["ScalableTargetARN"]),
            ((int)target["MinCapacity"]!, (int)target["MaxCapacity"]!, (string?)target["ScalableTargetARN"]));
        Assert.EndsWith("AWSServiceRoleForApplicationAutoScaling_LambdaConcurrency", (string?)target["RoleARN"]);

        await world.TrackAsync();
        Assert.Equal(200, (await world.AskAsync("DeregisterScalableTarget")).Status);
        Assert.Empty(world.Alarms.All);
        Assert.Equal(5, await world.CapacityAsync());
        var (gone, error) = await world.AskAsync("DeregisterScalableTarget");
        Assert.Equal(400, gone);
        Assert.EndsWith("#ObjectNotFoundException", (string?)error["__type"]);
    }

    [Theory]
    [InlineData(7, 10, 7)]
    [InlineData(1, 3, 3)]
    [InlineData(1, 10, 5)]
    public async Task The_capacity_is_brought_into_the_bounds(int least, int most, int capacity)
    {
        await using var world = await ScalingWorld.StartAsync(5);
        await world.RegisterAsync(least, most);
        Assert.Equal(capacity, await world.CapacityAsync());
    }

    [Theory]
    [InlineData("lambda", "function:echo", Dimension, 1, 2)]
    [InlineData("lambda", "function:echo:$LATEST", Dimension, 1, 2)]
    [InlineData("lambda", "function:echo:none", Dimension, 1, 2)]
    [InlineData("lambda", "function:echo:live", "ecs:service:DesiredCount", 1, 2)]
    [InlineData("ecs", "service/a/b", "ecs:service:DesiredCount", 1, 2)]
    [InlineData("lambda", "function:echo:live", Dimension, 3, 2)]
    [InlineData("lambda", "function:echo:live", Dimension, 3, null)]
    [InlineData("lambda", null, Dimension, 1, 2)]
    public async Task What_cant_be_scaled_is_refused(
        string service, string? resource, string dimension, int least, int? most)
    {
        await using var world = await ScalingWorld.StartAsync(1);
        var (status, error) = await world.AskAsync("RegisterScalableTarget", new JsonObject
        {
            ["ServiceNamespace"] = service, ["ResourceId"] = resource, ["ScalableDimension"] = dimension,
            ["MinCapacity"] = least, ["MaxCapacity"] = most,
        }.ToJsonString());
        Assert.Equal((400, true), (status, ((string)error["__type"]!).EndsWith("#ValidationException")));
    }

    [Fact]
    [Claim("C8")]
    public async Task A_scheduled_action_raises_the_minimum_at_its_instant_and_another_lowers_the_maximum()
    {
        await using var world = await ScalingWorld.StartAsync(2);
        using var clock = new ClockControl(
            world.Lambda.World.Clock, world.Lambda.World.Activity, TimeSpan.FromSeconds(20));
        await world.RegisterAsync(1, 10);
        var at = world.Lambda.World.Clock.GetUtcNow().AddHours(5);
        Assert.Equal(200, (await world.AskAsync("PutScheduledAction", $"\"ScheduledActionName\":\"peak\","
            + $"\"Schedule\":\"at({at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss})\","
            + "\"ScalableTargetAction\":{\"MinCapacity\":6}")).Status);
        await world.AskAsync("PutScheduledAction", "\"ScheduledActionName\":\"night\","
            + "\"Schedule\":\"rate(8 hours)\",\"ScalableTargetAction\":{\"MinCapacity\":1,\"MaxCapacity\":3}");

        await clock.AdvanceByAsync(TimeSpan.FromHours(4.5), default);
        Assert.Equal(2, await world.CapacityAsync());
        await clock.AdvanceByAsync(TimeSpan.FromHours(1), default);
        Assert.Equal(6, await world.CapacityAsync());
        await clock.AdvanceByAsync(TimeSpan.FromHours(3), default);
        Assert.Equal(3, await world.CapacityAsync());

        var (_, listed) = await world.AskAsync("DescribeScalingActivities", "\"MaxResults\":3");
        Assert.Equal(
            [
                "Setting desired capacity to 3.", "Setting min capacity to 1 and max capacity to 3",
                "Setting desired capacity to 6.",
            ],
            listed["ScalingActivities"]!.AsArray().Select(activity => (string?)activity!["Description"]));
        Assert.Equal("3", (string?)listed["NextToken"]);
        var (_, actions) = await world.AskAsync("DescribeScheduledActions");
        Assert.Equal("night", (string?)Assert.Single(actions["ScheduledActions"]!.AsArray())!["ScheduledActionName"]);
    }

    [Fact]
    public async Task Scheduled_actions_can_be_changed_suspended_and_deleted()
    {
        await using var world = await ScalingWorld.StartAsync(2);
        using var clock = new ClockControl(
            world.Lambda.World.Clock, world.Lambda.World.Activity, TimeSpan.FromSeconds(20));
        await world.RegisterAsync(1, 10);
        await world.AskAsync("PutScheduledAction", "\"ScheduledActionName\":\"a\",\"Schedule\":\"rate(1 hour)\","
            + "\"ScalableTargetAction\":{\"MinCapacity\":4}");
        await world.AskAsync("PutScheduledAction",
            "\"ScheduledActionName\":\"a\",\"ScalableTargetAction\":{\"MinCapacity\":5}");
        await world.AskAsync("RegisterScalableTarget", "\"SuspendedState\":{\"ScheduledScalingSuspended\":true}");
        await clock.AdvanceByAsync(TimeSpan.FromHours(2), default);
        Assert.Equal(2, await world.CapacityAsync());
        await world.AskAsync("RegisterScalableTarget", "\"SuspendedState\":{\"ScheduledScalingSuspended\":false}");
        await clock.AdvanceByAsync(TimeSpan.FromHours(2), default);
        Assert.Equal(5, await world.CapacityAsync());

        Assert.Equal(200, (await world.AskAsync("DeleteScheduledAction", "\"ScheduledActionName\":\"a\"")).Status);
        Assert.Equal(400, (await world.AskAsync("DeleteScheduledAction", "\"ScheduledActionName\":\"a\"")).Status);
        Assert.Equal(400, (await world.AskAsync("PutScheduledAction", "\"ScheduledActionName\":\"b\","
            + "\"Schedule\":\"hourly\",\"ScalableTargetAction\":{\"MinCapacity\":4}")).Status);
    }

    [Fact]
    public async Task A_template_has_targets_with_schedules_and_policies()
    {
        await using var world = await ScalingWorld.StartAsync(2);
        var stack = await world.Lambda.DeployAsync("""
              Target:
                Type: AWS::ApplicationAutoScaling::ScalableTarget
                Properties:
                  ServiceNamespace: lambda
                  ResourceId: function:echo:live
                  ScalableDimension: lambda:function:ProvisionedConcurrency
                  MinCapacity: 3
                  MaxCapacity: 8
                  ScheduledActions:
                    - ScheduledActionName: morning
                      Schedule: cron(0 7 ? * MON-FRI *)
                      Timezone: Europe/Berlin
                      ScalableTargetAction: {MinCapacity: 5}
              Policy:
                Type: AWS::ApplicationAutoScaling::ScalingPolicy
                Properties:
                  PolicyName: utilization
                  PolicyType: TargetTrackingScaling
                  ScalingTargetId: !Ref Target
                  TargetTrackingScalingPolicyConfiguration:
                    TargetValue: 0.7
                    PredefinedMetricSpecification:
                      PredefinedMetricType: LambdaProvisionedConcurrencyUtilization
            """);

        Assert.Equal(3, await world.CapacityAsync());
        Assert.Equal(2, world.Alarms.All.Count);
        Assert.Equal("function:echo:live|lambda:function:ProvisionedConcurrency|lambda",
            stack.Resources.Single(resource => resource.LogicalId == "Target").PhysicalId);
        var (_, actions) = await world.AskAsync("DescribeScheduledActions");
        Assert.Equal("Europe/Berlin", (string?)Assert.Single(actions["ScheduledActions"]!.AsArray())!["Timezone"]);
    }
}
