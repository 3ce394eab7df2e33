using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Tests.Lambda.Environments;

public sealed class PoolStateTests
{
    private const InvocationPriority Background = InvocationPriority.Background;

    private static readonly PoolLimits Limits = new()
    {
        MaxWaiting = 5, MaxStarting = 2, AnsweredGrace = TimeSpan.FromMilliseconds(20),
    };

    private readonly FunctionConfiguration one = PoolOfProbes.Function("one");
    private readonly FunctionConfiguration two = PoolOfProbes.Function("two");
    private readonly FunctionConfiguration three = PoolOfProbes.Function("three");
    private DateTimeOffset now = LifecycleSamples.At;

    [Fact]
    public void An_environment_starts_without_an_invocation_and_takes_the_one_that_waits()
    {
        var pool = Pool(4);
        var waiting = new Invocation(LifecycleSamples.Request("first"));
        var slot = Only<StartEnvironment>(Admit(pool, one, waiting)).Slot;
        var assigned = Only<AssignEnvironment>(Ready(pool, slot));
        Assert.Same(waiting, assigned.Invocation);
        Assert.Same(slot, assigned.Slot);
    }

    [Fact]
    public void A_free_environment_is_used_again_the_one_used_last_first()
    {
        var pool = Pool(4);
        var first = Working(pool, one);
        var second = Working(pool, one);
        Ready(pool, first);
        Ready(pool, second);
        Assert.Same(second, Only<AssignEnvironment>(Admit(pool, one)).Slot);
        Assert.Same(first, Only<AssignEnvironment>(Admit(pool, one)).Slot);
        Only<StartEnvironment>(Admit(pool, one));
    }

    [Fact]
    public void An_environment_runs_one_function_only()
    {
        var pool = Pool(4);
        Ready(pool, Working(pool, one));
        Only<StartEnvironment>(Admit(pool, two));
    }

    [Fact]
    public void An_invocation_takes_a_warm_environment_that_is_free_before_the_one_that_was_started_for_it()
    {
        var pool = Pool(4);
        var warm = Working(pool, one);
        var started = Only<StartEnvironment>(Admit(pool, one)).Slot;
        Assert.Same(warm, Only<AssignEnvironment>(Ready(pool, warm)).Slot);
        Assert.Empty(Ready(pool, started));
        Assert.Same(started, Only<AssignEnvironment>(Admit(pool, one)).Slot);
    }

    [Fact]
    public void At_the_bound_the_least_recently_used_idle_environment_makes_room()
    {
        var pool = Pool(2);
        var older = Working(pool, one);
        var newer = Working(pool, one);
        Ready(pool, older);
        Ready(pool, newer);
        Assert.Same(older, Only<RetireEnvironment>(Admit(pool, two)).Slot);
        Assert.Same(two, Only<StartEnvironment>(Ended(pool, older)).Slot.Function);
        Assert.Equal(2, pool.Environments);
    }

    [Fact]
    public void A_place_that_is_being_vacated_is_promised_once()
    {
        var pool = Pool(2);
        var busy = Working(pool, one);
        var idle = Working(pool, one);
        Ready(pool, idle);
        Only<RetireEnvironment>(Admit(pool, two));
        Only<AnnounceSaturation>(Admit(pool, two));
        Only<StartEnvironment>(Ended(pool, idle));
        Assert.Same(busy, Only<RetireEnvironment>(Ready(pool, busy)).Slot);
    }

    [Fact]
    public void When_all_are_busy_an_invocation_waits_its_turn()
    {
        var pool = Pool(1);
        var slot = Working(pool, one);
        var waiting = new Invocation(LifecycleSamples.Request("second"));
        Assert.Equal(1, Only<AnnounceSaturation>(Admit(pool, one, waiting)).Waiting);
        Only<AnnounceSaturation>(Admit(pool, one));
        Assert.Same(waiting, Only<AssignEnvironment>(Ready(pool, slot)).Invocation);
        Assert.Equal(2, pool.InFlight);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_waiting_queue_is_bounded_for_each_priority_and_what_is_beyond_is_refused(bool background)
    {
        var (full, other) = background
            ? (Background, InvocationPriority.Synchronous)
            : (InvocationPriority.Synchronous, Background);
        var pool = Pool(1);
        Working(pool, one);
        for (var i = 0; i < 5; i++) Only<AnnounceSaturation>(Admit(pool, one, full));
        var refused = Only<RefuseInvocation>(Admit(pool, one, full));
        Assert.IsType<HostSaturatedException>(refused.Reason);
        Assert.Equal(6, pool.InFlight);
        Only<AnnounceSaturation>(Admit(pool, one, other));
    }

    [Fact]
    public void Starts_at_a_time_are_bounded_and_one_is_for_synchronous_invocations()
    {
        var pool = Pool(8);
        var first = Only<StartEnvironment>(Admit(pool, one, Background)).Slot;
        Assert.Empty(Admit(pool, two, Background));
        Only<StartEnvironment>(Admit(pool, three));
        Assert.Empty(Admit(pool, three));
        var decisions = Ready(pool, first);
        Assert.Same(three, Assert.IsType<StartEnvironment>(decisions[0]).Slot.Function);
        Assert.Same(first, Assert.IsType<AssignEnvironment>(decisions[1]).Slot);
        Assert.Equal(2, decisions.Count);
    }

    [Fact]
    public void A_start_that_takes_long_does_not_keep_others_from_starting()
    {
        var pool = Pool(8);
        Admit(pool, one, Background);
        Assert.Empty(Admit(pool, two, Background));
        var over = now + Limits.StartCountsFor;
        now += Limits.Patience;
        Assert.Empty(Due(pool, now));
        Assert.Equal(over, pool.NextDue);
        now = over;
        Assert.Same(two, Only<StartEnvironment>(Due(pool, now)).Slot.Function);
    }

    [Fact]
    public void Work_in_the_background_leaves_a_place_to_synchronous_invocations()
    {
        var pool = Pool(3);
        var first = Working(pool, one, Background);
        Working(pool, one, Background);
        Only<AnnounceSaturation>(Admit(pool, one, Background));
        var third = Working(pool, two);
        Ready(pool, third);
        Only<AnnounceSaturation>(Admit(pool, two, Background));
        Assert.Same(third, Only<AssignEnvironment>(Admit(pool, two)).Slot);
        Assert.Same(first, Only<AssignEnvironment>(Ready(pool, first)).Slot);
    }

    [Fact]
    public void A_function_with_an_environment_waits_for_it_rather_than_ending_one_that_another_has_just_used()
    {
        var pool = Pool(3);
        var other = Working(pool, two);
        Working(pool, three);
        Working(pool, one, Background);
        now += Limits.LeastResidency;
        Ready(pool, other);
        Only<AnnounceSaturation>(Admit(pool, one, Background));
        var taken = other.IdleSince + Limits.IdleBeforeTaken;
        Assert.Empty(Due(pool, taken - TimeSpan.FromTicks(1)));
        Assert.Same(other, Only<RetireEnvironment>(Due(pool, taken)).Slot);
    }

    [Fact]
    public void A_function_without_an_environment_comes_before_one_that_has_some()
    {
        var pool = Pool(3);
        var first = Working(pool, one, Background);
        var second = Working(pool, one, Background);
        for (var i = 0; i < 3; i++) Admit(pool, one, Background);
        Admit(pool, two, Background);
        Assert.Same(two, Only<StartEnvironment>(Ready(pool, first)).Slot.Function);
        Assert.Same(second, Only<AssignEnvironment>(Ready(pool, second)).Slot);
    }

    [Fact]
    public void When_all_places_are_taken_the_function_with_more_than_its_share_gives_one_up()
    {
        var pool = Pool(2);
        var first = Working(pool, one);
        Working(pool, one);
        Admit(pool, one);
        now += Limits.LeastResidency;
        Admit(pool, two, Background);
        now += Limits.Patience;
        Assert.Same(first, Only<RetireEnvironment>(Ready(pool, first)).Slot);
        Assert.Same(two, Only<StartEnvironment>(Ended(pool, first)).Slot.Function);
    }

    [Fact]
    public void Functions_that_outnumber_the_places_take_turns()
    {
        var pool = Pool(1);
        var slot = Working(pool, one, Background);
        var ready = now;
        Admit(pool, one, Background);
        Admit(pool, one, Background);
        Admit(pool, two, Background);
        now += Limits.Patience;
        Only<AssignEnvironment>(Ready(pool, slot));
        now = ready + Limits.Turn;
        Assert.Same(slot, Only<RetireEnvironment>(Ready(pool, slot)).Slot);
        Assert.Same(two, Only<StartEnvironment>(Ended(pool, slot)).Slot.Function);
    }

    [Fact]
    public void A_synchronous_invocation_passes_events_that_wait_but_does_not_pass_an_old_one_twice()
    {
        var pool = Pool(1);
        var slot = Working(pool, one, Background);
        Admit(pool, one, Background);
        var third = Admitted(pool, InvocationPriority.Synchronous);
        var fourth = Admitted(pool, InvocationPriority.Synchronous);
        now += Limits.Patience;
        Assert.Same(third, Only<AssignEnvironment>(Ready(pool, slot)).Invocation);
        var passed = Only<AssignEnvironment>(Ready(pool, slot)).Invocation;
        Assert.Equal(Background, passed.Request.Priority);
        Assert.Same(fourth, Only<AssignEnvironment>(Ready(pool, slot)).Invocation);
    }

    [Fact]
    public void A_synchronous_invocation_waits_for_a_busy_environment_before_it_ends_the_only_one_of_another_function()
    {
        var pool = Pool(3);
        var only = Working(pool, two);
        var busy = Working(pool, one, Background);
        Working(pool, one, Background);
        for (var i = 0; i < 3; i++) Admit(pool, one, Background);
        now += Limits.LeastResidency;
        Ready(pool, only);
        Only<AnnounceSaturation>(Admit(pool, three));
        Assert.Same(busy, Only<RetireEnvironment>(Ready(pool, busy)).Slot);
    }

    [Fact]
    public void A_synchronous_invocation_does_not_wait_for_ever_for_a_busy_environment()
    {
        var pool = Pool(3);
        var only = Working(pool, two);
        Working(pool, one, Background);
        Working(pool, one, Background);
        for (var i = 0; i < 3; i++) Admit(pool, one, Background);
        Ready(pool, only);
        Admit(pool, three);
        now += Limits.Patience;
        Assert.Same(only, Only<RetireEnvironment>(Due(pool, now)).Slot);
    }

    [Fact]
    public void An_environment_that_has_just_answered_is_waited_for_but_not_for_long()
    {
        var pool = Pool(4);
        var slot = Working(pool, one);
        pool.Answered(slot, now);
        Assert.Empty(Admit(pool, one));
        Only<StartEnvironment>(Admit(pool, one));
        Assert.Equal(now + Limits.AnsweredGrace, pool.NextDue);
        now += Limits.AnsweredGrace;
        Only<StartEnvironment>(Due(pool, now));
        Only<AssignEnvironment>(Ready(pool, slot));
    }

    [Fact]
    public void An_environment_that_has_just_answered_takes_the_next_invocation()
    {
        var pool = Pool(4);
        var slot = Working(pool, one);
        pool.Answered(slot, now);
        Assert.Empty(Admit(pool, one));
        Assert.Same(slot, Only<AssignEnvironment>(Ready(pool, slot)).Slot);
        Assert.Equal(1, pool.Environments);
    }

    [Fact]
    public void An_idle_environment_retires_after_its_time()
    {
        var pool = Pool(4);
        var slot = Working(pool, one);
        Ready(pool, slot);
        var due = now + Limits.IdleTimeout;
        Assert.True(pool.NextDue <= due);
        Assert.Empty(Due(pool, due - TimeSpan.FromTicks(1)));
        Assert.Equal(due, pool.NextDue);
        Assert.Same(slot, Only<RetireEnvironment>(Due(pool, due)).Slot);
        Assert.Empty(Ended(pool, slot));
        Assert.Equal(0, pool.Environments);
    }

    [Fact]
    public void Environments_of_a_superseded_deployment_finish_and_are_not_used_again()
    {
        var pool = Pool(4);
        var idle = Working(pool, one);
        var busy = Working(pool, one);
        Ready(pool, idle);
        var decisions = Admit(pool, one with { CodeSha256 = "new" });
        Assert.Same(idle, Assert.Single(decisions.OfType<RetireEnvironment>()).Slot);
        Assert.Equal("new", Assert.Single(decisions.OfType<StartEnvironment>()).Slot.Function.CodeSha256);
        Assert.Same(busy, Only<RetireEnvironment>(Ready(pool, busy)).Slot);
    }

    [Fact]
    public void What_waits_for_a_superseded_deployment_still_runs_in_an_environment_of_it()
    {
        var pool = Pool(4);
        var slot = Only<StartEnvironment>(Admit(pool, one)).Slot;
        Admit(pool, one with { CodeSha256 = "new" });
        Assert.Same(slot, Only<AssignEnvironment>(Ready(pool, slot)).Slot);
        Assert.Same(slot, Only<RetireEnvironment>(Ready(pool, slot)).Slot);
    }

    [Fact]
    public void An_environment_that_cannot_be_made_refuses_one_invocation_and_frees_its_place()
    {
        var pool = Pool(1);
        var first = new Invocation(LifecycleSamples.Request("first"));
        var slot = Only<StartEnvironment>(Admit(pool, one, first)).Slot;
        Admit(pool, one);
        var decisions = Decided(pool, state => state.StartFailed(slot, new IOException("no space"), now));
        var refused = Assert.Single(decisions.OfType<RefuseInvocation>());
        Assert.Same(first, refused.Invocation);
        Assert.Equal("no space", refused.Reason.Message);
        Assert.Single(decisions.OfType<StartEnvironment>());
    }

    [Fact]
    public void A_draining_pool_ends_everything_and_takes_nothing()
    {
        var pool = Pool(1);
        var slot = Working(pool, one);
        Admit(pool, one);
        var decisions = Decided(pool, state => state.Drain());
        Assert.IsType<HostStoppingException>(Assert.Single(decisions.OfType<RefuseInvocation>()).Reason);
        Assert.Same(slot, Assert.Single(decisions.OfType<RetireEnvironment>()).Slot);
        Only<RefuseInvocation>(Admit(pool, one));
        Assert.Empty(Ready(pool, slot));
        Only<AnnounceEmpty>(Ended(pool, slot));
        Assert.Equal(0, pool.Environments);
    }

    [Fact]
    public void A_draining_pool_without_environments_is_empty_at_once() =>
        Only<AnnounceEmpty>(Decided(Pool(1), state => state.Drain()));

    [Fact]
    public void Functions_that_run_alone_wait_for_each_other_and_for_nobody_else()
    {
        var pool = new PoolState(Limits with { MaxEnvironments = 4 }) { RunsAlone = function => function != three };
        var first = Working(pool, one);
        Assert.Empty(Admit(pool, two));
        Working(pool, three);
        Assert.Same(first, Only<RetireEnvironment>(Ready(pool, first)).Slot);
        Assert.Empty(Admit(pool, one));
        Assert.Same(two, Only<StartEnvironment>(Ended(pool, first)).Slot.Function);
    }

    private static PoolState Pool(int environments) => new(Limits with { MaxEnvironments = environments });

    private Invocation Admitted(PoolState pool, InvocationPriority priority)
    {
        var invocation = new Invocation(LifecycleSamples.Request("request") with { Priority = priority });
        Admit(pool, one, invocation);
        return invocation;
    }

    private IReadOnlyList<Decision> Admit(
        PoolState pool, FunctionConfiguration function, InvocationPriority priority = InvocationPriority.Synchronous) =>
        Admit(pool, function, new Invocation(LifecycleSamples.Request("request") with { Priority = priority }));

    private IReadOnlyList<Decision> Admit(PoolState pool, FunctionConfiguration function, Invocation invocation) =>
        Decided(pool, state => state.Admit(function, invocation, now));

    /// <summary>An environment that was started for an invocation, and has it.</summary>
    private Slot Working(
        PoolState pool, FunctionConfiguration function, InvocationPriority priority = InvocationPriority.Synchronous)
    {
        var slot = Only<StartEnvironment>(Admit(pool, function, priority)).Slot;
        Assert.Same(slot, Assert.Single(Ready(pool, slot).OfType<AssignEnvironment>()).Slot);
        return slot;
    }

    private IReadOnlyList<Decision> Ready(PoolState pool, Slot slot)
    {
        now += TimeSpan.FromMilliseconds(1);
        return Decided(pool, state => state.BecameReady(slot, now));
    }

    private IReadOnlyList<Decision> Ended(PoolState pool, Slot slot) =>
        Decided(pool, state => state.Ended(slot, now));

    private static IReadOnlyList<Decision> Due(PoolState pool, DateTimeOffset at) =>
        Decided(pool, state => state.OnDue(at));

    private static T Only<T>(IReadOnlyList<Decision> decisions) where T : Decision =>
        Assert.IsType<T>(Assert.Single(decisions));

    private static IReadOnlyList<Decision> Decided(PoolState pool, Action<PoolState> message)
    {
        message(pool);
        return pool.Effects.Take();
    }
}
