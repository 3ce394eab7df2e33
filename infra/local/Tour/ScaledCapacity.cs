using System.Text.Json.Nodes;
using Isobar.Local.Services.ApplicationAutoScaling;

namespace Isobar.Local.Tour;

/// <summary>
/// Provisioned concurrency that follows its use by target tracking, out and in, and a schedule of the next full hour.
/// </summary>
internal sealed class ScaledCapacity(LocalHost host, SlowFunction slow, TourReport report)
{
    private const int Least = 1;
    private const int Most = 8;
    private const int OnTheHour = 4;

    // Of the alarms: three points above the target, fifteen below. The first minute may be over when a call comes late.
    private const int MinutesOut = 3;
    private const int MinutesIn = 15;
    private const int MoreMinutes = 5;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan QuietTime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public async Task ShowAsync(CancellationToken cancellationToken)
    {
        report.Heading("Provisioned concurrency that follows its use, and a schedule");
        // The reservation is a limit for what is provisioned, too.
        await slow.ReserveAsync(null, cancellationToken);
        // The alarms look back some minutes; what was in use until now is not to count.
        await host.ClockControl.AdvanceByAsync(QuietTime, cancellationToken);
        await RegisterAsync(cancellationToken);
        await NextMinuteAsync(cancellationToken);
        await FollowAsync(
            "all", SimultaneousCalls.Executions, "0.3", MinutesOut, capacity => capacity > SimultaneousCalls.Executions,
            "over 0.7", cancellationToken);
        await FollowAsync("1", 1, "0", MinutesIn, capacity => capacity < SimultaneousCalls.Executions,
            "under 0.63", cancellationToken);
        await PassHourAsync(cancellationToken);
        await slow.ScalingAsync("DeregisterScalableTarget", [], cancellationToken);
        await slow.DeleteAsync(cancellationToken);
    }

    private async Task RegisterAsync(CancellationToken cancellationToken)
    {
        await slow.ScalingAsync("RegisterScalableTarget", new JsonObject
        {
            ["MinCapacity"] = Least, ["MaxCapacity"] = Most,
        }, cancellationToken);
        await slow.ScalingAsync("PutScalingPolicy", new JsonObject
        {
            ["PolicyName"] = "use",
            ["PolicyType"] = "TargetTrackingScaling",
            ["TargetTrackingScalingPolicyConfiguration"] = new JsonObject
            {
                ["TargetValue"] = 0.7,
                ["PredefinedMetricSpecification"] = new JsonObject
                {
                    ["PredefinedMetricType"] = "LambdaProvisionedConcurrencyUtilization",
                },
            },
        }, cancellationToken);
    }

    /// <summary>So many calls at once in each minute, until an alarm of the policy has changed the capacity.</summary>
    private async Task FollowAsync(
        string who, int calls, string seconds, int points, Func<int, bool> isFollowed, string threshold,
        CancellationToken cancellationToken)
    {
        var before = host.Journal.LastSequence;
        var from = await slow.ProvisionedAsync(cancellationToken);
        var (minutes, capacity) = (0, from);
        while (!isFollowed(capacity) && minutes < points + MoreMinutes)
        {
            await slow.CallAsync(calls, seconds, cancellationToken);
            await NextMinuteAsync(cancellationToken);
            minutes++;
            capacity = await slow.ProvisionedAsync(cancellationToken);
        }

        var isReady = isFollowed(capacity);
        if (isReady) await slow.ReadyAsync(before, cancellationToken);
        report.Check(isReady && minutes >= points,
            $"{who} of {from} in use for {minutes} minutes: "
                + $"the alarm on a utilization {threshold} makes it {capacity}");
    }

    private async Task PassHourAsync(CancellationToken cancellationToken)
    {
        // Not over a day: in each quarter of an hour the schedule of the stations' pages starts a process.
        var due = host.Clock.GetUtcNow() + Hour;
        due = due.Subtract(TimeSpan.FromTicks(due.Ticks % Hour.Ticks));
        await slow.ScalingAsync("PutScheduledAction", new JsonObject
        {
            ["ScheduledActionName"] = "full-hour",
            ["Schedule"] = $"cron(0 {due.Hour} * * ? *)",
            ["ScalableTargetAction"] = new JsonObject { ["MinCapacity"] = OnTheHour },
        }, cancellationToken);
        var before = host.Journal.LastSequence;
        var from = await slow.ProvisionedAsync(cancellationToken);
        await host.ClockControl.AdvanceByAsync(Hour, cancellationToken);
        await slow.ReadyAsync(before, cancellationToken);
        var changes = host.Journal.After(before).Where(entry => entry.Fact is CapacityChanged).ToArray();
        report.Check(
            changes is [{ Fact: CapacityChanged { Capacity: OnTheHour, Status: "Successful" } } change]
                && change.Time - due is { Ticks: >= 0 } late && late < Minute,
            $"a jump of an hour: at {changes.FirstOrDefault().Time:HH:mm} the schedule "
                + $"raises the minimum, and {from} become {await slow.ProvisionedAsync(cancellationToken)}");
    }

    // Ten seconds into it, however long the calls took, so that each minute has the calls of one turn.
    private Task NextMinuteAsync(CancellationToken cancellationToken)
    {
        var into = TimeSpan.FromTicks(host.Clock.GetUtcNow().Ticks % Minute.Ticks);
        return host.ClockControl.AdvanceByAsync(Minute + TimeSpan.FromSeconds(10) - into, cancellationToken);
    }
}
