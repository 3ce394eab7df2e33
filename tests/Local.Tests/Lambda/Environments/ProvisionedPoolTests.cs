using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Tests.Lambda.Environments;

/// <summary>Environments that are there before they are used.</summary>
public sealed class ProvisionedPoolTests
{
    private static readonly PoolLimits Limits = new() { MaxEnvironments = 6, MaxStarting = 3 };

    private readonly FunctionConfiguration hot = PoolOfProbes.Function("hot") with { IsProvisioned = true };
    private readonly FunctionConfiguration other = PoolOfProbes.Function("other");
    private readonly PoolState pool = new(Limits);
    private DateTimeOffset now = LifecycleSamples.At;
    private long number;

    [Fact]
    public void They_start_without_an_invocation_as_many_at_a_time_as_may_start_in_the_background()
    {
        var first = Starts(Provision(3));
        Assert.Equal(2, first.Count);
        var third = Assert.Single(Starts(Ready(first[0])));
        Assert.Empty(Starts(Ready(first[1])));

        var report = Assert.Single(Ready(third).OfType<ReportProvisioned>());

        Assert.Equal((hot, 3), (report.Function, report.Available));
    }

    [Fact]
    public void They_are_not_retired_when_they_are_idle()
    {
        Allocated(2);
        now += Limits.IdleTimeout * 100;
        Assert.Empty(Decided(state => state.OnDue(now)));
        Assert.Null(pool.NextDue);
    }

    [Fact]
    public void They_make_no_room_for_other_functions()
    {
        Allocated(4);
        var busy = Admit(other).OfType<StartEnvironment>().Single().Slot;
        Admit(other);
        Ready(busy);
        now += TimeSpan.FromHours(1);
        Assert.DoesNotContain(Admit(other), decision => decision is RetireEnvironment { Slot.IsProvisioned: true });
    }

    [Fact]
    public void At_the_bound_an_idle_environment_of_another_function_makes_room_for_them()
    {
        var idle = Enumerable.Range(0, 6).Select(_ =>
        {
            var slot = Admit(other).OfType<StartEnvironment>().Single().Slot;
            Ready(slot);
            return slot;
        }).ToArray();
        foreach (var slot in idle) Ready(slot);

        var retired = Assert.IsType<RetireEnvironment>(Assert.Single(
            Provision(1), decision => decision is RetireEnvironment)).Slot;

        Assert.Same(idle[0], retired);
        Assert.Same(hot, Assert.Single(Starts(Ended(retired))).Function);
    }

    [Fact]
    public void An_invocation_waits_for_one_of_them_and_starts_none_beside_them()
    {
        var slots = Allocated(1);
        Assert.Same(slots[0], Admit(hot).OfType<AssignEnvironment>().Single().Slot);
        Assert.Empty(Starts(Admit(hot)));
        now += TimeSpan.FromMinutes(1);
        Assert.Same(slots[0], Ready(slots[0]).OfType<AssignEnvironment>().Single().Slot);
    }

    [Fact]
    public void One_that_fails_is_replaced()
    {
        var slot = Allocated(1)[0];
        Admit(hot);
        Decided(state => state.Broke(slot, inInit: false, now));

        var decisions = Ready(slot);

        Assert.Same(slot, decisions.OfType<RetireEnvironment>().Single().Slot);
        Assert.Equal(0, decisions.OfType<ReportProvisioned>().Single().Available);
        Assert.Same(hot, Assert.Single(Starts(Ended(slot))).Function);
    }

    [Fact]
    public void After_a_failed_init_the_next_one_waits_so_that_the_machine_does_nothing_else()
    {
        var slot = Assert.Single(Starts(Provision(1)));
        Assert.Same(hot, Decided(state => state.Broke(slot, inInit: true, now)).OfType<ReportInitFailed>()
            .Single().Function);
        Ready(slot);
        Assert.Empty(Starts(Ended(slot)));
        now = Assert.NotNull(pool.NextDue);
        Assert.Single(Starts(Decided(state => state.OnDue(now))));
    }

    [Fact]
    public void What_is_not_wanted_any_more_is_ended_and_what_works_ends_its_invocation_first()
    {
        var slots = Allocated(2);
        var busy = Admit(hot).OfType<AssignEnvironment>().Single().Slot;

        var retired = Provision(0).OfType<RetireEnvironment>().Single().Slot;

        Assert.Same(slots.Single(slot => slot != busy), retired);
        Assert.Same(busy, Ready(busy).OfType<RetireEnvironment>().Single().Slot);
        Assert.Empty(Starts(Ended(busy)));
        Assert.Empty(Starts(Ended(retired)));
        Assert.Equal(0, pool.Environments);
    }

    [Fact]
    public void A_list_that_was_overtaken_changes_nothing()
    {
        var late = new ProvisionedPlaces(1, [(hot, 5)]);
        number = 1;
        Allocated(1);
        Assert.Empty(Decided(state => state.Provision(late, now)));
        Assert.Equal(1, pool.Environments);
    }

    [Fact]
    public void A_draining_pool_starts_none()
    {
        Allocated(2);
        Decided(state => state.Drain());
        Assert.Empty(Provision(4));
    }

    [Fact]
    public void One_that_cannot_be_made_is_tried_again_later()
    {
        var slot = Assert.Single(Starts(Provision(1)));
        Assert.Empty(Starts(Decided(state => state.StartFailed(slot, new IOException("no space"), now))));
        now += Limits.ProvisionAgain;
        Assert.Single(Starts(Decided(state => state.OnDue(now))));
    }

    private List<Slot> Allocated(int count)
    {
        var open = new Queue<Slot>(Starts(Provision(count)));
        var all = new List<Slot>();
        while (open.TryDequeue(out var slot))
        {
            all.Add(slot);
            foreach (var next in Starts(Ready(slot))) open.Enqueue(next);
        }

        Assert.Equal(count, all.Count);
        return all;
    }

    private IReadOnlyList<Decision> Provision(int count) => Decided(state => state.Provision(
        new ProvisionedPlaces(++number, count == 0 ? [] : [(hot, count)]), now));

    private IReadOnlyList<Decision> Admit(FunctionConfiguration function) => Decided(state =>
        state.Admit(function, new Invocation(LifecycleSamples.Request("request")), now));

    private IReadOnlyList<Decision> Ready(Slot slot)
    {
        now += TimeSpan.FromMilliseconds(1);
        return Decided(state => state.BecameReady(slot, now));
    }

    private IReadOnlyList<Decision> Ended(Slot slot) => Decided(state => state.Ended(slot, now));

    private static List<Slot> Starts(IReadOnlyList<Decision> decisions) =>
        [.. decisions.OfType<StartEnvironment>().Select(start => start.Slot)];

    private IReadOnlyList<Decision> Decided(Action<PoolState> message)
    {
        message(pool);
        return pool.Effects.Take();
    }
}
