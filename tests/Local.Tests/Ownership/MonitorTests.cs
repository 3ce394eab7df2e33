using Isobar.Local.Ownership;

namespace Isobar.Local.Tests.Ownership;

public sealed class MonitorTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    private readonly ManualTimeProvider real = new();
    private readonly Activity activity = new();

    [Fact]
    public async Task Messages_run_one_at_a_time()
    {
        using var monitor = new Monitor<Counter>("counter", new Counter(), new ServiceClock(real, activity));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++) monitor.Post((state, _) => state.Value++);
        })));

        Assert.Equal(40_000, monitor.Ask((state, _) => state.Value));
    }

    [Fact]
    public async Task OnDue_runs_when_service_time_reaches_NextDue()
    {
        var clock = new ServiceClock(real, activity);
        using var monitor = new Monitor<Alarm>("alarm", new Alarm(), clock);
        monitor.Post((state, now) => state.NextDue = now.AddSeconds(30));

        real.Advance(TimeSpan.FromSeconds(30));
        Assert.True(await activity.WaitForQuietAsync(Bound, default));

        Assert.Equal(1, monitor.Ask((state, _) => state.Rang));
        Assert.Empty(clock.ArmedTimers());
    }

    [Fact]
    public void What_is_due_is_done_before_the_message_even_if_the_timer_is_late()
    {
        var clock = new ServiceClock(real, activity);
        using var monitor = new Monitor<Alarm>("alarm", new Alarm(), clock);
        monitor.Post((state, now) => state.NextDue = now.AddSeconds(30));

        clock.JumpBy(TimeSpan.FromSeconds(31));

        Assert.Equal(1, monitor.Ask((state, _) => state.Rang));
    }

    [Fact]
    public void A_message_that_calls_its_own_monitor_throws()
    {
        using var monitor = new Monitor<Counter>("counter", new Counter(), new ServiceClock(real, activity));

        Assert.Throws<InvalidOperationException>(() => monitor.Post((_, _) => monitor.Post((_, _) => { })));

        Assert.Equal(0, monitor.Ask((state, _) => state.Value));
    }

    private sealed class Counter
    {
        public int Value { get; set; }
    }

    private sealed class Alarm : ITimedState
    {
        public DateTimeOffset? NextDue { get; set; }

        public int Rang { get; private set; }

        public void OnDue(DateTimeOffset now)
        {
            Rang++;
            NextDue = null;
        }
    }
}
