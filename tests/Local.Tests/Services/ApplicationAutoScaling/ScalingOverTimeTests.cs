using System.Text.Json.Nodes;
using Isobar.Local.Ownership;
using Isobar.Local.Tests.Lambda;

namespace Isobar.Local.Tests.Services.ApplicationAutoScaling;

/// <summary>Target tracking by real alarms, minute by minute of service time.</summary>
public sealed class ScalingOverTimeTests
{
    private const int Provisioned = 10;

    [Fact]
    [Claim("C8")]
    public async Task A_utilization_of_0_9_for_three_minutes_scales_out_and_below_0_63_for_fifteen_scales_in()
    {
        await using var world = await ScalingWorld.StartAsync(Provisioned, realAlarms: true);
        using var clock = new ClockControl(
            world.Lambda.World.Clock, world.Lambda.World.Activity, TimeSpan.FromSeconds(20));
        await world.RegisterAsync(1, 100);
        await world.TrackAsync();
        await NextMinuteAsync(world, clock);

        for (var minute = 0; minute < 2; minute++) await MinuteAsync(world, clock, 9);
        Assert.Equal(10, await world.CapacityAsync());
        await MinuteAsync(world, clock, 9);
        Assert.Equal(13, await world.CapacityAsync());
        world.Lambda.Pool.Allocate();

        // 8 of 13 are 0.615.
        for (var minute = 0; minute < 14; minute++) await MinuteAsync(world, clock, 8);
        Assert.Equal(13, await world.CapacityAsync());
        await MinuteAsync(world, clock, 8);
        Assert.Equal(12, await world.CapacityAsync());
        // The alarm stays while nobody calls. Its newest point is of the 13, so it says nothing of the 12.
        await clock.AdvanceByAsync(TimeSpan.FromHours(1), default);
        Assert.Equal(12, await world.CapacityAsync());

        var (_, listed) = await world.AskAsync("DescribeScalingActivities");
        Assert.Equal(
            ["Setting desired capacity to 12.", "Setting desired capacity to 13."],
            listed["ScalingActivities"]!.AsArray().Select(activity => (string?)activity!["Description"]));
    }

    [Fact]
    public async Task Without_any_traffic_there_are_no_points_and_nothing_is_scaled()
    {
        await using var world = await ScalingWorld.StartAsync(Provisioned, realAlarms: true);
        using var clock = new ClockControl(
            world.Lambda.World.Clock, world.Lambda.World.Activity, TimeSpan.FromSeconds(20));
        await world.RegisterAsync(1, 100);
        await world.TrackAsync();

        await clock.AdvanceByAsync(TimeSpan.FromHours(2), default);

        Assert.Equal(Provisioned, await world.CapacityAsync());
    }

    /// <summary>So many calls at one time, and then the rest of the minute.</summary>
    private static async Task MinuteAsync(ScalingWorld world, ClockControl clock, int calls)
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var entered = 0;
        world.Lambda.Pool.Run = async (function, _) =>
        {
            if (Interlocked.Increment(ref entered) == calls) all.SetResult();
            await release.Task;
            return EnvironmentsInName.Success($"\"{function.InitializationType}\"");
        };
        var answers = Enumerable.Range(0, calls).Select(_ => world.Lambda.InvokeAsync("echo:live", "{}")).ToArray();
        await all.Task.WaitAsync(TimeSpan.FromSeconds(20));
        release.SetResult();
        Assert.All(await Task.WhenAll(answers), answer => Assert.Equal("\"provisioned-concurrency\"", answer.Body));
        await NextMinuteAsync(world, clock);
    }

    // Ten seconds into it, however long the calls took, so that each minute has the calls of one turn.
    private static Task NextMinuteAsync(ScalingWorld world, ClockControl clock)
    {
        var now = world.Lambda.World.Clock.GetUtcNow();
        var into = TimeSpan.FromTicks(now.Ticks % TimeSpan.TicksPerMinute);
        return clock.AdvanceByAsync(TimeSpan.FromSeconds(70) - into, default);
    }
}
