namespace Isobar.Local.Ownership;

/// <summary>
/// Service time: a base clock plus an offset that only jumps forward. Every timestamp that an AWS API returns and every
/// service timer (visibility, delay, retry, idle retirement) uses it, so that minutes of waiting can be skipped.
/// Deadlines handed to child processes, signatures and presigned URLs use real time instead.
/// </summary>
/// <param name="baseClock">Where real time comes from: the system's, or a hand-moved one in tests.</param>
/// <param name="activity">Timer callbacks count as work while they run.</param>
internal sealed class ServiceClock(TimeProvider baseClock, Activity activity) : TimeProvider
{
    // A timer armed anew leaves its old entry in the heap; past this many entries, and at least half of them stale
    // since the last time, the stale ones are removed.
    private const int FewestToCompact = 1_024;

    private readonly Lock gate = new();
    private readonly PriorityQueue<ServiceTimer, (DateTimeOffset Due, long Order)> queue = new();

    // In ticks, written inside the lock; outside it, it is read in one piece.
    private long offset;

    // While a step of the clock is decided, its readers wait for the lock.
    private bool isStepping;
    private long order;
    private ITimer? alarm;
    private DateTimeOffset alarmDue = DateTimeOffset.MaxValue;
    private int compactAt = FewestToCompact;

    /// <summary>The work that a jump of this clock waits for.</summary>
    public Activity Activity => activity;

    /// <summary>How far service time is ahead of real time.</summary>
    public TimeSpan Offset
    {
        get { lock (gate) return TimeSpan.FromTicks(offset); }
    }

    /// <summary>Entries in the heap: the armed timers and, within a bound, what re-arming left behind.</summary>
    internal int HeapEntries
    {
        get { lock (gate) return queue.Count; }
    }

    public override DateTimeOffset GetUtcNow()
    {
        // Every message reads the clock, so the usual reader takes no lock.
        if (!Volatile.Read(ref isStepping)) return Now();
        lock (gate) return Now();
    }

    /// <summary>A timer whose name tells a reader what a jump would fire.</summary>
    /// <param name="name">For example <c>sqs isobar-chunks</c>.</param>
    /// <param name="callback">Runs on the thread pool; it should post a message and return.</param>
    public ServiceTimer CreateTimer(string name, Action callback) => new(this, name, callback);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (period != Timeout.InfiniteTimeSpan)
            throw new NotSupportedException("Service timers fire once; arm them again from the callback.");
        var timer = CreateTimer("timer", () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>The armed timers, earliest due instant at the top.</summary>
    public IReadOnlyList<(string Name, DateTimeOffset Due, bool IsPassive)> ArmedTimers()
    {
        lock (gate)
        {
            return [.. queue.UnorderedItems
                .Where(item => item.Element.IsArmedFor(item.Priority.Order))
                .OrderBy(item => item.Priority)
                .Select(item => (item.Element.Name, item.Priority.Due, item.Element.IsPassive))];
        }
    }

    /// <summary>A timer that a jump to the next timer does not stop at; see <see cref="ServiceTimer.IsPassive"/>.
    /// </summary>
    public ServiceTimer CreatePassiveTimer(string name, Action callback) =>
        new(this, name, callback) { IsPassive = true };

    /// <summary>When the earliest timer fires that is not passive; null when none is armed.</summary>
    public DateTimeOffset? NextActive()
    {
        lock (gate)
        {
            DateTimeOffset? earliest = null;
            foreach (var (timer, at) in queue.UnorderedItems)
            {
                if (!timer.IsPassive && timer.IsArmedFor(at.Order) && !(earliest <= at.Due)) earliest = at.Due;
            }

            return earliest;
        }
    }

    /// <summary>Moves service time forward and fires, in order, what became due.</summary>
    /// <param name="step">Zero or more.</param>
    public void JumpBy(TimeSpan step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, TimeSpan.Zero);
        lock (gate) Advance(step);
        FireDue();
    }

    /// <summary>Moves service time to the earliest armed timer, or to a limit if that comes first.</summary>
    /// <param name="limit">Null for none: without an armed timer time then stays.</param>
    /// <returns>How far it moved, and the timer that fired; null when work is under way and it was not moved.</returns>
    public (TimeSpan Step, ServiceTimer? Fired)? TryStep(DateTimeOffset? limit)
    {
        lock (gate)
        {
            // Work that begins after this look reads the clock after the jump: while the flag is up, reading it takes
            // the same lock. Work that found the flag down is seen here, because it counts itself before it reads.
            Volatile.Write(ref isStepping, true);
            Interlocked.MemoryBarrier();
            try
            {
                return activity.UnderWay > 0 ? null : Step(limit);
            }
            finally
            {
                Volatile.Write(ref isStepping, false);
            }
        }
    }

    internal void Arm(ServiceTimer timer, DateTimeOffset due)
    {
        var fireNow = false;
        lock (gate)
        {
            timer.Order = ++order;
            queue.Enqueue(timer, (due, timer.Order));
            if (queue.Count >= compactAt) Compact();
            if (due <= Now()) fireNow = true;
            else if (due < alarmDue) SetAlarm(due);
        }

        if (fireNow) FireDue();
    }

    internal void Disarm(ServiceTimer timer)
    {
        lock (gate)
        {
            timer.Order = 0;
            PassOverDisarmed();
        }
    }

    private (TimeSpan Step, ServiceTimer? Fired) Step(DateTimeOffset? limit)
    {
        PassOverDisarmed();
        var hasTimer = queue.TryPeek(out var timer, out var at) && !(at.Due > limit);
        var step = (hasTimer ? at.Due : limit ?? DateTimeOffset.MinValue) - Now();
        if (step < TimeSpan.Zero) step = TimeSpan.Zero;
        Advance(step);
        FireDue();
        return (step, hasTimer ? timer : null);
    }

    private DateTimeOffset Now() => baseClock.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref offset));

    private void Advance(TimeSpan step) => Volatile.Write(ref offset, offset + step.Ticks);

    private void PassOverDisarmed()
    {
        while (queue.TryPeek(out var first, out var at) && !first.IsArmedFor(at.Order)) queue.Dequeue();
    }

    private void FireDue()
    {
        lock (gate)
        {
            while (queue.TryPeek(out var timer, out var at))
            {
                if (timer.IsArmedFor(at.Order))
                {
                    if (at.Due > Now()) break;
                    timer.Order = 0;
                    Dispatch(timer);
                }

                queue.Dequeue();
            }

            SetAlarm(queue.TryPeek(out _, out var next) ? next.Due : DateTimeOffset.MaxValue);
        }
    }

    private void Dispatch(ServiceTimer timer)
    {
        var lease = activity.Begin();
        ThreadPool.UnsafeQueueUserWorkItem(static work =>
        {
            using (work.lease) work.timer.Fire();
        }, (timer, lease), preferLocal: false);
    }

    private void SetAlarm(DateTimeOffset due)
    {
        alarmDue = due;
        alarm ??= baseClock.CreateTimer(_ => FireDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (due == DateTimeOffset.MaxValue)
        {
            alarm.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        // Rounded up to the millisecond that timers count in, or the alarm would ring early and have to ring again.
        var wait = Math.Clamp(
            Math.Ceiling((due - Now()).TotalMilliseconds), 0, TimeSpan.FromDays(40).TotalMilliseconds);
        alarm.Change(TimeSpan.FromMilliseconds(wait), Timeout.InfiniteTimeSpan);
    }

    private void Compact()
    {
        var armed = queue.UnorderedItems.Where(item => item.Element.IsArmedFor(item.Priority.Order)).ToArray();
        queue.Clear();
        foreach (var (timer, at) in armed) queue.Enqueue(timer, at);
        compactAt = Math.Max(FewestToCompact, 2 * queue.Count);
    }
}
