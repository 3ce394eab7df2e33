using Isobar.Local.Lambda.Environments;
using Isobar.Local.Services.ApplicationAutoScaling;

namespace Isobar.Stories.Claims;

/// <summary>Provisioned concurrency that Application Auto Scaling changes, minute by minute of service time.</summary>
public sealed class CapacityStories(CapacityFixture stack) : IClassFixture<CapacityFixture>
{
    private const string Wait = """{"do":"wait"}""";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    [Fact]
    [Claim("C8")]
    public async Task It_follows_its_use_by_two_alarms_and_a_scheduled_action_raises_its_minimum_at_its_instant()
    {
        await stack.ReadyAsync(CapacityFixture.Provisioned);
        await NextMinuteAsync();

        for (var minute = 0; minute < 2; minute++) await MinuteAsync(CapacityFixture.Provisioned);
        Assert.Equal(CapacityFixture.Provisioned, await stack.CapacityAsync());
        var before = stack.Stack.Host.Journal.LastSequence;
        await MinuteAsync(CapacityFixture.Provisioned);
        // 3 environments of which all are in use, at a target of 0.7: 4.3.
        await stack.ReadyAsync(5, before);
        Assert.Equal(["AlarmHigh 0.7 ALARM", "AlarmLow 0.63 OK"], await stack.AlarmsAsync());

        for (var minute = 0; minute < 14; minute++) await MinuteAsync(1);
        Assert.Equal(5, await stack.CapacityAsync());
        before = stack.Stack.Host.Journal.LastSequence;
        await MinuteAsync(1);
        // 5 of which a fifth is in use: 1.4.
        await stack.ReadyAsync(2, before);
        Assert.Equal(["AlarmHigh 0.7 OK", "AlarmLow 0.63 ALARM"], await stack.AlarmsAsync());

        var peak = await RaiseAsync(4);
        Measured.Write("C8", "3 of 3 environments in use for 3 minutes: 5; 1 of 5 in use for 15 minutes: 2; "
            + $"{peak.TotalSeconds:0.0} s after the instant of a scheduled action with a minimum of 4: 4");
    }

    // What is provisioned is ready before the peak, and takes its calls without an init.
    private async Task<TimeSpan> RaiseAsync(int minimum)
    {
        var (journal, now) = (stack.Stack.Host.Journal, stack.Stack.Host.Clock.GetUtcNow());
        var instant = now.AddHours(1).AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
        await stack.RaiseMinimumAsync(minimum, instant);
        var before = journal.LastSequence;
        await stack.Stack.PassAsync("PT1H");
        await stack.ReadyAsync(minimum, before);
        var raised = Assert.Single(journal.After(before), entry => entry.Fact is CapacityChanged);
        Assert.Equal(minimum, ((CapacityChanged)raised.Fact).Capacity);
        Assert.InRange(raised.Time - instant, TimeSpan.Zero, TimeSpan.FromSeconds(30));

        before = journal.LastSequence;
        await CallAsync(minimum);
        Assert.DoesNotContain(journal.After(before), entry => entry.Fact is EnvironmentStarted);
        return raised.Time - instant;
    }

    /// <summary>So many calls at a time, and then the rest of the minute.</summary>
    private async Task MinuteAsync(int calls)
    {
        await CallAsync(calls);
        await NextMinuteAsync();
    }

    private async Task CallAsync(int calls)
    {
        var journal = stack.Stack.Host.Journal;
        var before = journal.LastSequence;
        await using var gate = stack.Close(calls);
        var answers = Enumerable.Range(0, calls)
            .Select(_ => stack.Stack.Stack.Calls.InvokeAsync(stack.Alias, Wait, "RequestResponse")).ToArray();
        var begun = new HashSet<string>();
        while (begun.Count < calls)
        {
            var step = await journal.WaitForAsync<EnvironmentStepped>(
                step => step.FunctionName == stack.Busy && step.To == nameof(Invoke)
                    && !begun.Contains(step.EnvironmentId), Bound, before);
            begun.Add(step.EnvironmentId);
        }

        await gate.OpenAsync();
        foreach (var answer in await Task.WhenAll(answers)) answer.Dispose();
    }

    // Ten seconds into it, however long the calls took, so that each minute has the calls of one turn.
    private Task NextMinuteAsync()
    {
        var into = stack.Stack.Host.Clock.GetUtcNow().Ticks % TimeSpan.TicksPerMinute;
        var rest = TimeSpan.FromSeconds(70) - TimeSpan.FromTicks(into);
        return stack.Stack.PassAsync(System.Xml.XmlConvert.ToString(rest));
    }
}
