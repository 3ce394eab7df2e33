using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Tests.Lambda.Environments;

public sealed class PoolStateTests
{
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(20);

    private readonly FunctionConfiguration one = PoolOfProbes.Function("one");
    private readonly FunctionConfiguration two = PoolOfProbes.Function("two");
    private DateTimeOffset now = LifecycleSamples.At;

    [Fact]
    public void A_free_environment_is_used_again_the_one_used_last_first()
    {
        var pool = Pool(4);
        var first = Started(pool, one);
        var second = Started(pool, one);
        Idle(pool, first);
        Idle(pool, second);
        Assert.Same(second, Assert.IsType<AssignEnvironment>(Assert.Single(Admit(pool, one))).Slot);
        Assert.Same(first, Assert.IsType<AssignEnvironment>(Assert.Single(Admit(pool, one))).Slot);
        Assert.IsType<StartEnvironment>(Assert.Single(Admit(pool, one)));
    }

    [Fact]
    public void An_environment_runs_one_function_only()
    {
        var pool = Pool(4);
        Idle(pool, Started(pool, one));
        Assert.IsType<StartEnvironment>(Assert.Single(Admit(pool, two)));
    }

    [Fact]
    public void At_the_bound_the_least_recently_used_idle_environment_makes_room()
    {
        var pool = Pool(2);
        var older = Started(pool, one);
        var newer = Started(pool, one);
        Idle(pool, older);
        Idle(pool, newer);
        Assert.Same(older, Assert.IsType<RetireEnvironment>(Assert.Single(Admit(pool, two))).Slot);
        Assert.Same(two, Assert.IsType<StartEnvironment>(Assert.Single(pool.Ended(older))).Slot.Function);
        Assert.Equal(2, pool.Environments);
    }

    [Fact]
    public void A_place_that_is_being_vacated_is_promised_once()
    {
        var pool = Pool(2);
        var busy = Started(pool, one);
        var idle = Started(pool, one);
        Idle(pool, idle);
        Assert.IsType<RetireEnvironment>(Assert.Single(Admit(pool, two)));
        Assert.IsType<AnnounceSaturation>(Assert.Single(Admit(pool, two)));
        Assert.IsType<StartEnvironment>(Assert.Single(pool.Ended(idle)));
        Assert.Same(busy, Assert.IsType<RetireEnvironment>(Assert.Single(Idle(pool, busy))).Slot);
    }

    [Fact]
    public void When_all_are_busy_an_invocation_waits_its_turn()
    {
        var pool = Pool(1);
        var slot = Started(pool, one);
        var waiting = new Invocation(LifecycleSamples.Request("second"));
        Assert.Equal(1, Assert.IsType<AnnounceSaturation>(Assert.Single(pool.Admit(one, waiting, now))).Waiting);
        var third = Admit(pool, one);
        Assert.IsType<AnnounceSaturation>(Assert.Single(third));
        Assert.Same(waiting, Assert.IsType<AssignEnvironment>(Assert.Single(Idle(pool, slot))).Invocation);
        Assert.Equal(2, pool.InFlight);
    }

    [Fact]
    public void The_waiting_queue_is_bounded_and_what_is_beyond_is_refused()
    {
        var pool = Pool(1);
        Started(pool, one);
        for (var i = 0; i < 5; i++) Admit(pool, one);
        var refused = Assert.IsType<RefuseInvocation>(Assert.Single(Admit(pool, one)));
        Assert.IsType<HostSaturatedException>(refused.Reason);
        Assert.Equal(6, pool.InFlight);
    }

    [Fact]
    public void An_environment_that_has_just_answered_is_waited_for_but_not_for_long()
    {
        var pool = Pool(4);
        var slot = Started(pool, one);
        pool.Answered(slot);
        Assert.Empty(Admit(pool, one));
        Assert.IsType<StartEnvironment>(Assert.Single(Admit(pool, one)));
        Assert.Equal(now + Grace, pool.NextDue);
        now += Grace;
        Assert.IsType<StartEnvironment>(Assert.Single(pool.OnDue(now)));
        Assert.Empty(Idle(pool, slot));
    }

    [Fact]
    public void An_environment_that_has_just_answered_takes_the_next_invocation()
    {
        var pool = Pool(4);
        var slot = Started(pool, one);
        pool.Answered(slot);
        Assert.Empty(Admit(pool, one));
        Assert.Same(slot, Assert.IsType<AssignEnvironment>(Assert.Single(Idle(pool, slot))).Slot);
        Assert.Equal(1, pool.Environments);
    }

    [Fact]
    public void An_idle_environment_retires_after_its_time()
    {
        var pool = Pool(4);
        var slot = Started(pool, one);
        Idle(pool, slot);
        Assert.Equal(now + IdleTimeout, pool.NextDue);
        Assert.Empty(pool.OnDue(now + IdleTimeout - TimeSpan.FromTicks(1)));
        Assert.Same(slot, Assert.IsType<RetireEnvironment>(Assert.Single(pool.OnDue(now + IdleTimeout))).Slot);
        Assert.Empty(pool.Ended(slot));
        Assert.Equal(0, pool.Environments);
    }

    [Fact]
    public void Environments_of_a_superseded_deployment_finish_and_are_not_used_again()
    {
        var pool = Pool(4);
        var idle = Started(pool, one);
        var busy = Started(pool, one);
        Idle(pool, idle);
        var decisions = Admit(pool, one with { CodeSha256 = "new" });
        Assert.Same(idle, Assert.Single(decisions.OfType<RetireEnvironment>()).Slot);
        Assert.Equal("new", Assert.Single(decisions.OfType<StartEnvironment>()).Slot.Function.CodeSha256);
        Assert.Same(busy, Assert.IsType<RetireEnvironment>(Assert.Single(Idle(pool, busy))).Slot);
    }

    [Fact]
    public void A_draining_pool_ends_everything_and_takes_nothing()
    {
        var pool = Pool(1);
        var slot = Started(pool, one);
        Admit(pool, one);
        var decisions = pool.Drain();
        Assert.IsType<HostStoppingException>(Assert.Single(decisions.OfType<RefuseInvocation>()).Reason);
        Assert.Same(slot, Assert.Single(decisions.OfType<RetireEnvironment>()).Slot);
        Assert.IsType<RefuseInvocation>(Assert.Single(Admit(pool, one)));
        Assert.Empty(Idle(pool, slot));
        Assert.Empty(pool.Ended(slot));
        Assert.Equal(0, pool.Environments);
    }

    [Fact]
    public void Functions_that_run_alone_wait_for_each_other_and_for_nobody_else()
    {
        var three = PoolOfProbes.Function("three");
        var pool = new PoolState(4, 5, IdleTimeout, Grace) { RunsAlone = function => function != three };
        var first = Started(pool, one);
        Assert.Empty(Admit(pool, two));
        Started(pool, three);
        Assert.Same(first, Assert.IsType<RetireEnvironment>(Assert.Single(Idle(pool, first))).Slot);
        Assert.Empty(Admit(pool, one));
        Assert.Same(two, Assert.IsType<StartEnvironment>(Assert.Single(pool.Ended(first))).Slot.Function);
    }

    private static PoolState Pool(int environments) => new(environments, 5, IdleTimeout, Grace);

    private List<Decision> Admit(PoolState pool, FunctionConfiguration function) =>
        pool.Admit(function, new Invocation(LifecycleSamples.Request("request")), now);

    private Slot Started(PoolState pool, FunctionConfiguration function) =>
        Assert.IsType<StartEnvironment>(Assert.Single(Admit(pool, function))).Slot;

    private List<Decision> Idle(PoolState pool, Slot slot)
    {
        now += TimeSpan.FromMilliseconds(1);
        return pool.BecameReady(slot, now);
    }
}
