using Isobar.Local.Ownership;
using Isobar.Local.Services;

namespace Isobar.Local.Tests.Ownership;

public sealed class ServiceClockTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(10);

    private readonly ManualTimeProvider real = new();
    private readonly Activity activity = new();

    [Fact]
    public async Task A_jump_fires_what_became_due_and_nothing_else()
    {
        var clock = new ServiceClock(real, activity);
        var fired = new List<string>();
        using var near = clock.CreateTimer("near", () => { lock (fired) fired.Add("near"); });
        using var far = clock.CreateTimer("far", () => { lock (fired) fired.Add("far"); });
        near.FireAt(clock.GetUtcNow().AddMinutes(1));
        far.FireAt(clock.GetUtcNow().AddMinutes(3));

        clock.JumpBy(TimeSpan.FromMinutes(2));
        Assert.True(await activity.WaitForQuietAsync(Bound, default));

        Assert.Equal(["near"], fired);
        Assert.Equal("far", Assert.Single(clock.ArmedTimers()).Name);
    }

    [Fact]
    public async Task Real_time_fires_a_timer_as_well()
    {
        var clock = new ServiceClock(real, activity);
        var fired = new TaskCompletionSource();
        using var timer = clock.CreateTimer("timer", fired.SetResult);
        timer.FireAt(clock.GetUtcNow().AddSeconds(5));

        real.Advance(TimeSpan.FromSeconds(4));
        Assert.False(fired.Task.IsCompleted);
        real.Advance(TimeSpan.FromSeconds(1));

        await fired.Task.WaitAsync(Bound);
    }

    [Fact]
    public void A_timer_armed_again_fires_at_its_last_instant_only()
    {
        var clock = new ServiceClock(real, activity);
        using var timer = clock.CreateTimer("timer", () => { });
        timer.FireAt(clock.GetUtcNow().AddSeconds(5));
        timer.FireAt(clock.GetUtcNow().AddSeconds(9));

        Assert.Equal(clock.GetUtcNow().AddSeconds(9), Assert.Single(clock.ArmedTimers()).Due);
    }

    [Fact]
    public void A_timer_armed_over_and_over_leaves_nothing_behind()
    {
        var clock = new ServiceClock(real, activity);
        using var timer = clock.CreateTimer("timer", () => { });
        for (var i = 0; i < 100_000; i++) timer.FireAt(clock.GetUtcNow().AddHours(1));

        Assert.Single(clock.ArmedTimers());
        Assert.InRange(clock.HeapEntries, 1, 2_048);
    }

    [Fact]
    public void Cancelled_timers_do_not_pile_up()
    {
        var clock = new ServiceClock(real, activity);
        using var timer = clock.CreateTimer("timer", () => { });
        for (var i = 0; i < 100_000; i++)
        {
            timer.FireAt(clock.GetUtcNow().AddSeconds(5 + i % 7));
            timer.Cancel();
        }

        Assert.Empty(clock.ArmedTimers());
    }

    [Fact]
    public async Task Advancing_stops_at_each_timer_until_what_it_began_has_ended()
    {
        var clock = new ServiceClock(real, activity);
        using var control = new ClockControl(clock, activity, Bound);
        var seen = new List<DateTimeOffset>();
        var start = clock.GetUtcNow();
        ServiceTimer? timer = null;
        timer = clock.CreateTimer("retry", () =>
        {
            lock (seen) seen.Add(clock.GetUtcNow());
            if (seen.Count < 3) timer!.FireAt(clock.GetUtcNow().AddMinutes(seen.Count));
        });
        timer.FireAt(start.AddMinutes(1));

        var jump = await control.AdvanceByAsync(TimeSpan.FromMinutes(10), default);

        Assert.Equal([start.AddMinutes(1), start.AddMinutes(2), start.AddMinutes(4)], seen);
        Assert.Equal(["retry", "retry", "retry"], jump.Fired);
        Assert.Equal(start.AddMinutes(10), clock.GetUtcNow());
    }

    [Fact]
    public async Task A_jump_to_the_next_timer_passes_passive_ones_and_fires_them_on_the_way()
    {
        var clock = new ServiceClock(real, activity);
        using var control = new ClockControl(clock, activity, Bound);
        using var samples = new SampleCount(clock);
        using var retry = clock.CreateTimer("retry", () => { });
        samples.Sampler.Wake();
        var due = clock.GetUtcNow().AddMinutes(3.5);
        retry.FireAt(due);

        var jump = await control.JumpToNextTimerAsync(default);

        Assert.Equal(due, clock.GetUtcNow());
        Assert.Equal("retry", jump!.Fired[^1]);
        Assert.InRange(samples.Taken, 3, 4);
        Assert.Null(await control.JumpToNextTimerAsync(default));
    }

    [Fact]
    public async Task Samples_are_taken_each_minute_while_there_is_something_to_sample()
    {
        var clock = new ServiceClock(real, activity);
        using var control = new ClockControl(clock, activity, Bound);
        using var samples = new SampleCount(clock) { Wanted = 5 };
        for (var i = 0; i < 3; i++) samples.Sampler.Wake();

        await control.AdvanceByAsync(TimeSpan.FromHours(1), default);

        Assert.Equal(5, samples.Taken);
        Assert.Empty(clock.ArmedTimers());
    }

    [Fact]
    public async Task A_jump_is_refused_while_work_is_under_way()
    {
        var clock = new ServiceClock(real, activity);
        using var control = new ClockControl(clock, activity, TimeSpan.FromMilliseconds(20));
        using var work = activity.Begin();

        await Assert.ThrowsAsync<ClockBusyException>(() => control.JumpToNextTimerAsync(default));

        Assert.Equal(TimeSpan.Zero, clock.Offset);
    }

    [Fact]
    public async Task A_jump_waits_for_work_to_end()
    {
        var clock = new ServiceClock(real, activity);
        using var control = new ClockControl(clock, activity, Bound);
        var work = activity.Begin();
        var jump = control.AdvanceByAsync(TimeSpan.FromMinutes(1), default);
        Assert.False(jump.IsCompleted);

        work.Dispose();

        Assert.Equal(TimeSpan.FromMinutes(1), (await jump.WaitAsync(Bound)).Step);
    }

    private sealed class SampleCount : IDisposable
    {
        private int taken;

        public SampleCount(ServiceClock clock) =>
            Sampler = new MinuteSampler("samples", clock, _ => Interlocked.Increment(ref taken) < Wanted);

        public MinuteSampler Sampler { get; }

        public int Wanted { get; init; } = int.MaxValue;

        public int Taken => Volatile.Read(ref taken);

        public void Dispose() => Sampler.Dispose();
    }
}
