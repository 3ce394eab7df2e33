namespace Isobar.Local.Ownership;

/// <summary>State with something to do at a given service time, such as a retry or an expiry.</summary>
internal interface ITimedState
{
    /// <summary>When <see cref="OnDue"/> must be called next; null when nothing is scheduled.</summary>
    DateTimeOffset? NextDue { get; }

    /// <summary>Does everything that is due at <paramref name="now"/> or before.</summary>
    void OnDue(DateTimeOffset now);
}

/// <summary>
/// A monitor: mutable state and the lock that protects it. All mutable state of the host is held in monitors. A caller
/// passes a delegate, called a message, which runs synchronously inside the lock; it may not await, and may not call
/// another monitor, except one whose own messages are short and call none but the journal. After each message the
/// monitor sets one timer for <see cref="ITimedState.NextDue"/>.
/// </summary>
/// <remarks>
/// Callers block until they have the lock, so there is no queue of messages that could fill up. State that has to do
/// something outside the lock (start a process, send an event) returns effects: see
/// <see cref="Monitor{TState, TEffect}"/>.
/// </remarks>
internal class Monitor<TState> : IDisposable
    where TState : class
{
    private readonly TState state;
    private readonly ITimedState? timed;
    private readonly ServiceTimer? timer;
    private DateTimeOffset? armed;

    /// <param name="name">The timer's name, which <c>isobar clock</c> prints when the timer fires.</param>
    /// <param name="state">From now on it is used only inside this monitor's lock.</param>
    /// <param name="clock">The service time that each message receives.</param>
    /// <param name="isPassive">Whether a jump to the next timer passes this state's timer by.</param>
    public Monitor(string name, TState state, ServiceClock clock, bool isPassive = false)
    {
        this.state = state;
        Clock = clock;
        timed = state as ITimedState;
        if (timed is null) return;
        timer = isPassive ? clock.CreatePassiveTimer(name, Wake) : clock.CreateTimer(name, Wake);

        void Wake() => Post(static (_, _) => { });
    }

    protected ServiceClock Clock { get; }

    protected Lock Gate { get; } = new();

    /// <summary>Runs a message on the state and returns its result.</summary>
    public TAnswer Ask<TAnswer>(Func<TState, DateTimeOffset, TAnswer> question)
    {
        Enter();
        try
        {
            return question(state, DoWhatIsDue());
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>The same for a message that is given what it works on, so that it can be static.</summary>
    public TAnswer Ask<TArgument, TAnswer>(
        Func<TState, TArgument, DateTimeOffset, TAnswer> question, TArgument argument)
    {
        Enter();
        try
        {
            return question(state, argument, DoWhatIsDue());
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Runs a message that has no result; returns after it has run.</summary>
    public void Post(Action<TState, DateTimeOffset> message)
    {
        Enter();
        try
        {
            message(state, DoWhatIsDue());
        }
        finally
        {
            Leave();
        }
    }

    public void Dispose() => timer?.Dispose();

    /// <summary>Called before a message waits for the lock.</summary>
    protected virtual void BeforeMessage()
    {
    }

    /// <summary>Called inside the lock, after the message has run and the timer is set.</summary>
    /// <returns>Whether this thread must perform effects in <see cref="AfterMessage"/>.</returns>
    protected virtual bool EndMessage(TState changed) => false;

    /// <summary>Called after the lock is released, also when the message threw an exception.</summary>
    protected virtual void AfterMessage(bool mustPerform)
    {
    }

    private void Enter()
    {
        if (Gate.IsHeldByCurrentThread)
            throw new InvalidOperationException("A message may not call its own monitor; use the state it was given.");
        BeforeMessage();
        Gate.Enter();
    }

    // Lock order is monitor, then clock: FireAt takes the clock's lock. There is no deadlock, because a timer that is
    // already due does not call back here; it fires on another thread.
    private void Leave()
    {
        var mustPerform = false;
        try
        {
            if (timer is not null && timed!.NextDue != armed)
            {
                armed = timed.NextDue;
                if (armed is { } due) timer.FireAt(due);
                else timer.Cancel();
            }

            mustPerform = EndMessage(state);
        }
        finally
        {
            Gate.Exit();
            AfterMessage(mustPerform);
        }
    }

    // The timer may fire late. So what is due now is done before the message, and every message sees the state as it
    // should be at this time.
    private DateTimeOffset DoWhatIsDue()
    {
        var now = Clock.GetUtcNow();
        if (timed?.NextDue <= now) timed.OnDue(now);
        return now;
    }
}
