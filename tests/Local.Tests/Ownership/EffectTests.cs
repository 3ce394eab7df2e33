using Isobar.Local.Ownership;

namespace Isobar.Local.Tests.Ownership;

public sealed class EffectTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private readonly ManualTimeProvider real = new();
    private readonly Activity activity = new();
    private readonly ServiceClock clock;
    private readonly ClockControl control;
    private readonly List<string> performed = [];

    public EffectTests()
    {
        clock = new ServiceClock(real, activity);
        control = new ClockControl(clock, activity, Bound);
    }

    [Fact]
    public void An_effect_is_performed_outside_the_lock_before_the_message_returns()
    {
        Monitor<Desk, string>? monitor = null;
        monitor = Create((effect, _) => performed.Add($"{effect} of {monitor!.Ask((desk, _) => desk.Orders)}"));

        monitor.Post((desk, _) => desk.Order("tea"));

        Assert.Equal(["tea of 1"], performed);
        Assert.Equal(0, activity.UnderWay);
    }

    [Fact]
    public void Effects_are_performed_in_the_order_of_the_decisions()
    {
        Monitor<Desk, string>? monitor = null;
        monitor = Create((effect, _) =>
        {
            performed.Add(effect);
            if (effect == "first") monitor!.Post((desk, _) => desk.Order("caused by first"));
        });

        monitor.Post((desk, _) =>
        {
            desk.Order("first");
            desk.Order("second");
        });

        Assert.Equal(["first", "second", "caused by first"], performed);
    }

    [Fact]
    public async Task No_jump_of_the_clock_comes_between_a_decision_and_its_effect()
    {
        using var mayPerform = new ManualResetEventSlim();
        using var hasBegun = new ManualResetEventSlim();
        var at = DateTimeOffset.MinValue;
        using var monitor = Create((_, _) =>
        {
            hasBegun.Set();
            mayPerform.Wait(Bound);
            at = clock.GetUtcNow();
        });
        var start = clock.GetUtcNow();
        var message = Task.Run(() => monitor.Post((desk, _) => desk.Order("slow")));
        Assert.True(hasBegun.Wait(Bound));

        var jump = control.AdvanceByAsync(TimeSpan.FromHours(1), default);
        Assert.False(jump.IsCompleted);
        Assert.Null(clock.TryStep(start.AddHours(1)));
        mayPerform.Set();
        await message.WaitAsync(Bound);
        await jump.WaitAsync(Bound);

        Assert.Equal(start, at);
    }

    [Fact]
    public async Task An_effect_that_another_thread_performs_is_work_after_its_message_has_returned()
    {
        using var mayPerform = new ManualResetEventSlim();
        using var hasBegun = new ManualResetEventSlim();
        using var monitor = Create((effect, _) =>
        {
            if (effect == "slow")
            {
                hasBegun.Set();
                mayPerform.Wait(Bound);
            }

            performed.Add(effect);
        });
        var slow = Task.Run(() => monitor.Post((desk, _) => desk.Order("slow")));
        Assert.True(hasBegun.Wait(Bound));

        monitor.Post((desk, _) => desk.Order("quick"));

        Assert.Empty(performed);
        Assert.Equal(2, activity.UnderWay);
        mayPerform.Set();
        await slow.WaitAsync(Bound);
        Assert.Equal(["slow", "quick"], performed);
        Assert.Equal(0, activity.UnderWay);
    }

    [Fact]
    public async Task A_message_that_meets_a_jump_either_holds_it_up_or_sees_the_new_time()
    {
        var (passedBy, steps) = (0, 0);
        using var monitor = Create((effect, _) =>
        {
            if (effect != $"{clock.GetUtcNow().Ticks}") passedBy++;
        });
        var messages = Task.Run(() =>
        {
            for (var i = 0; i < 20_000; i++) monitor.Post((desk, now) => desk.Order($"{now.Ticks}"));
        });

        while (!messages.IsCompleted)
            if (clock.TryStep(clock.GetUtcNow().AddMilliseconds(1)) is not null) steps++;
        await messages;

        Assert.Equal(0, passedBy);
        Assert.InRange(steps, 1, int.MaxValue);
    }

    [Fact]
    public async Task A_timer_answers_with_effects_and_the_next_step_waits_for_them()
    {
        using var monitor = Create((effect, _) => performed.Add($"{effect} at {clock.GetUtcNow():mm:ss}"));
        monitor.Post((desk, now) => desk.Due = now.AddMinutes(1));

        await control.AdvanceByAsync(TimeSpan.FromMinutes(3), default);

        Assert.Equal(["due at 01:00", "due at 02:00", "due at 03:00"], performed);
    }

    [Fact]
    public async Task What_is_due_is_performed_before_what_the_message_decides()
    {
        using var monitor = Create((effect, _) => performed.Add(effect));
        monitor.Post((desk, now) => desk.Due = now.AddMinutes(1));
        real.Advance(TimeSpan.FromMilliseconds(59_999));

        // The timer is on its way on another thread: whoever comes first takes what is due with it.
        clock.JumpBy(TimeSpan.FromMilliseconds(1));
        monitor.Post((desk, _) => desk.Order("later"));

        Assert.True(await activity.WaitForQuietAsync(Bound, default));
        Assert.Equal(["due", "later"], performed);
    }

    [Fact]
    public void An_effect_that_throws_gives_its_lease_up_and_the_others_are_performed()
    {
        using var monitor = Create((effect, _) =>
        {
            performed.Add(effect);
            if (effect == "broken") throw new InvalidTimeZoneException("broken");
        });

        Assert.Throws<InvalidTimeZoneException>(() => monitor.Post((desk, _) =>
        {
            desk.Order("broken");
            desk.Order("sound");
        }));

        Assert.Equal(["broken", "sound"], performed);
        Assert.Equal(0, activity.UnderWay);
        monitor.Post((desk, _) => desk.Order("next"));
        Assert.Equal("next", performed[^1]);
    }

    [Fact]
    public void A_message_that_throws_has_what_it_decided_performed()
    {
        using var monitor = Create((effect, _) => performed.Add(effect));

        Assert.Throws<InvalidTimeZoneException>(() => monitor.Post((desk, _) =>
        {
            desk.Order("decided");
            throw new InvalidTimeZoneException();
        }));

        Assert.Equal(["decided"], performed);
        Assert.Equal(0, activity.UnderWay);
    }

    [Fact]
    public async Task A_lease_that_is_taken_over_holds_the_clock_until_the_longer_work_ends()
    {
        Activity.Lease? process = null;
        using var monitor = Create((_, lease) => process = lease.TakeOver());
        monitor.Post((desk, _) => desk.Order("a process"));

        var jump = control.AdvanceByAsync(TimeSpan.FromSeconds(1), default);
        Assert.Equal(1, activity.UnderWay);
        Assert.False(jump.IsCompleted);

        process!.Dispose();
        await jump.WaitAsync(Bound);
    }

    [Fact]
    public void A_lease_is_taken_over_once()
    {
        var lease = activity.Begin();
        using var taken = lease.TakeOver();

        Assert.Throws<InvalidOperationException>(lease.TakeOver);
        lease.Dispose();

        Assert.Equal(1, activity.UnderWay);
    }

    [Fact]
    public void A_message_may_not_send_a_message_to_the_monitor_that_runs_it()
    {
        using var monitor = Create((effect, _) => performed.Add(effect));

        Assert.Throws<InvalidOperationException>(() => monitor.Post((desk, _) =>
        {
            desk.Order("outer");
            monitor.Post((other, _) => other.Order("inner"));
        }));

        Assert.Equal(["outer"], performed);
        Assert.Equal(0, activity.UnderWay);
    }

    [Fact]
    public async Task Effects_that_lead_to_effects_do_not_keep_a_caller_for_ever()
    {
        var all = new TaskCompletionSource();
        var caller = Environment.CurrentManagedThreadId;
        var (count, byCaller, hasReturned) = (0, 0, false);
        Monitor<Desk, string>? monitor = null;
        monitor = Create((_, _) =>
        {
            if (!Volatile.Read(ref hasReturned) && Environment.CurrentManagedThreadId == caller) byCaller++;
            if (++count == 1_000) all.SetResult();
            else monitor!.Post((desk, _) => desk.Order("more"));
        });

        monitor.Post((desk, _) => desk.Order("first"));
        Volatile.Write(ref hasReturned, true);

        await all.Task.WaitAsync(Bound);
        Assert.Equal(Monitor<Desk, string>.MaxInARow, byCaller);
    }

    [Fact]
    public async Task Effects_of_many_threads_are_performed_once_each_and_one_at_a_time()
    {
        var (inside, overlaps) = (0, 0);
        using var monitor = Create((effect, _) =>
        {
            if (Interlocked.Increment(ref inside) > 1) Interlocked.Increment(ref overlaps);
            performed.Add(effect);
            Interlocked.Decrement(ref inside);
        });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 5_000; i++) monitor.Post((desk, _) => desk.Order($"{thread}"));
        })));
        Assert.True(await activity.WaitForQuietAsync(Bound, default));

        Assert.Equal(0, overlaps);
        Assert.Equal([5_000, 5_000, 5_000, 5_000],
            performed.GroupBy(effect => effect).OrderBy(group => group.Key).Select(group => group.Count()));
    }

    public void Dispose() => control.Dispose();

    private Monitor<Desk, string> Create(Action<string, Activity.Lease> perform) =>
        new("desk", new Desk(), clock, perform);

    private sealed class Desk : ITimedState, IDecidingState<string>
    {
        public Effects<string> Effects { get; } = new();

        public int Orders { get; private set; }

        public DateTimeOffset? Due { get; set; }

        public DateTimeOffset? NextDue => Due;

        public void Order(string effect)
        {
            Orders++;
            Effects.Add(effect);
        }

        public void OnDue(DateTimeOffset now)
        {
            Due = now.AddMinutes(1);
            Effects.Add("due");
        }
    }
}
