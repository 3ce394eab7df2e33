using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Tests.Lambda.Environments;

/// <summary>
/// Everything around a pool: callers, environments that take their time, and its timer. It checks the promises as it
/// goes, and time is what its next event says.
/// </summary>
internal sealed class PoolWorld(int seed, PoolLimits limits)
{
    private readonly Random dice = new(seed);
    private readonly PoolState pool = new(limits);
    private readonly PriorityQueue<Action, (DateTimeOffset At, int Order)> coming = new();
    private readonly Dictionary<Invocation, Asked> asked = [];
    private readonly Dictionary<Slot, Invocation?> environments = [];
    private readonly Dictionary<Slot, DateTimeOffset> starting = [];
    private readonly Dictionary<FunctionConfiguration, Service> services = [];
    private DateTimeOffset now = LifecycleSamples.At;
    private DateTimeOffset? armed;
    private int order;
    private int open;

    public PoolLimits Limits { get; } = limits;

    /// <summary>Whether one environment in 200 can't be made.</summary>
    public bool StartsFail { get; init; }

    public int Completed { get; private set; }

    public int Refused { get; private set; }

    public int Starts { get; private set; }

    public TimeSpan Elapsed => now - LifecycleSamples.At;

    public TimeSpan LongestSynchronousWait { get; private set; }

    public FunctionConfiguration NewFunction()
    {
        var function = PoolOfProbes.Function($"f{services.Count}");
        services.Add(function, new Service());
        return function;
    }

    /// <summary>When the last invocation of a function ended, from the beginning.</summary>
    public TimeSpan Finished(FunctionConfiguration function) => services[function].LastEnd - LifecycleSamples.At;

    /// <summary>The longest time in which invocations of a function waited and none began.</summary>
    public TimeSpan LongestWithoutService(FunctionConfiguration function) => services[function].Longest;

    /// <summary>An invocation that comes after a time from now, and what follows when it has run.</summary>
    public void Ask(
        FunctionConfiguration function, InvocationPriority priority, TimeSpan after, TimeSpan takes,
        Action? followed = null)
    {
        open++;
        After(after, () =>
        {
            var invocation = new Invocation(LifecycleSamples.Request($"r{asked.Count}") with { Priority = priority });
            asked.Add(invocation, new Asked(function, now, takes, followed));
            services[function].Begin(now);
            Tell(state => state.Admit(function, invocation, now));
        });
    }

    /// <summary>Lets everything happen until the last invocation has ended.</summary>
    public void Run()
    {
        while (open > 0)
        {
            Check(
                coming.TryDequeue(out var happen, out var at),
                $"nothing happens any more, and {open} invocations wait");
            now = at.At > now ? at.At : now;
            happen!();
            ArmTimer();
            CheckBounds();
        }
    }

    // As the monitor does: one timer, for what the state says now.
    private void ArmTimer()
    {
        if (pool.NextDue == armed) return;
        armed = pool.NextDue;
        if (armed is not { } due) return;
        After(due - now, () =>
        {
            if (armed != due || pool.NextDue > now) return;
            armed = null;
            Tell(state => state.OnDue(now));
        });
    }

    private void Tell(Action<PoolState> message)
    {
        message(pool);
        foreach (var decision in pool.Effects.Take())
        {
            switch (decision)
            {
                case StartEnvironment start:
                    Start(start.Slot);
                    break;
                case AssignEnvironment assign:
                    Assign(assign.Slot, assign.Invocation);
                    break;
                case RetireEnvironment retire:
                    Check(environments[retire.Slot] is null, "an environment at work was told to end");
                    After(Milliseconds(1, 30), () => End(retire.Slot));
                    break;
                case RefuseInvocation refuse:
                    services[asked[refuse.Invocation].Function].Leave(now);
                    Refused++;
                    open--;
                    break;
            }
        }
    }

    private void Start(Slot slot)
    {
        Starts++;
        environments.Add(slot, null);
        starting.Add(slot, now);
        if (StartsFail && dice.Next(200) == 0)
        {
            After(TimeSpan.Zero, () =>
            {
                starting.Remove(slot);
                environments.Remove(slot);
                Tell(state => state.StartFailed(slot, new IOException("no space"), now));
            });
            return;
        }

        After(Milliseconds(200, 900), () =>
        {
            starting.Remove(slot);
            Tell(state => state.BecameReady(slot, now));
        });
    }

    private void Assign(Slot slot, Invocation invocation)
    {
        Check(environments.TryGetValue(slot, out var other) && other is null, "two invocations in one environment");
        Check(!starting.ContainsKey(slot), "an environment got its invocation before it was ready");
        var (function, since, takes, followed) = asked[invocation];
        Check(ReferenceEquals(function, slot.Function), "an environment runs another function");
        environments[slot] = invocation;
        services[function].Serve(now);
        if (invocation.Request.Priority == InvocationPriority.Synchronous && now - since > LongestSynchronousWait)
            LongestSynchronousWait = now - since;
        After(takes, () =>
        {
            Completed++;
            open--;
            services[function].LastEnd = now;
            followed?.Invoke();
            pool.Answered(slot, now);
            After(Milliseconds(0, 10), () =>
            {
                environments[slot] = null;
                Tell(state => state.BecameReady(slot, now));
            });
        });
    }

    private void End(Slot slot)
    {
        environments.Remove(slot);
        Tell(state => state.Ended(slot, now));
    }

    private void CheckBounds()
    {
        Check(environments.Count <= Limits.MaxEnvironments, "too many environments");
        Check(pool.Environments == environments.Count, "the pool counts other environments than there are");
        Check(starting.Count <= Limits.MaxStarting, "too many starts at a time");
        var inBackground = environments.Values.Count(
            invocation => invocation?.Request.Priority == InvocationPriority.Background);
        Check(inBackground <= Limits.MaxBackground, "work in the background has every place");
    }

    private void After(TimeSpan time, Action happen) => coming.Enqueue(happen, (now + time, ++order));

    private TimeSpan Milliseconds(int least, int most) => TimeSpan.FromMilliseconds(dice.Next(least, most));

    private void Check(bool holds, string broken) => Assert.True(holds, $"seed {seed}, at {Elapsed}: {broken}");

    private sealed record Asked(FunctionConfiguration Function, DateTimeOffset Since, TimeSpan Takes, Action? Followed);

    /// <summary>How a function is served.</summary>
    private sealed class Service
    {
        private DateTimeOffset since;

        public int Waiting { get; private set; }

        public TimeSpan Longest { get; private set; }

        public DateTimeOffset LastEnd { get; set; }

        public void Begin(DateTimeOffset now)
        {
            if (Waiting++ == 0) since = now;
        }

        public void Serve(DateTimeOffset now)
        {
            if (now - since > Longest) Longest = now - since;
            since = now;
            Waiting--;
        }

        public void Leave(DateTimeOffset now)
        {
            since = now;
            Waiting--;
        }
    }
}
