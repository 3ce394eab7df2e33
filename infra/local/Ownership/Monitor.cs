namespace Isobar.Local.Ownership;

/// <summary>State that has something to do at an instant of service time.</summary>
internal interface ITimedState
{
    /// <summary>The earliest instant at which the state could have something to say, or null.</summary>
    DateTimeOffset? NextDue { get; }

    /// <summary>Does whatever is due at <paramref name="now"/>.</summary>
    void OnDue(DateTimeOffset now);
}

/// <summary>
/// The one way to hold mutable state: a monitor. A message runs alone, synchronously and to its end; it may neither
/// await nor ask another monitor. After each message the monitor arms one timer for the state's next due instant.
/// </summary>
/// <remarks>
/// Callers wait for their turn, so there is no queue of messages that could fill up. State that causes something
/// outside itself says so with effects: see <see cref="Monitor{TState, TEffect}"/>.
/// </remarks>
internal class Monitor<TState> : IDisposable
    where TState : class
{
    private readonly TState state;
    private readonly ITimedState? timed;
    private readonly ServiceTimer? timer;
    private DateTimeOffset? armed;

    /// <param name="name">Names the monitor's timer to whoever jumps the clock.</param>
    /// <param name="state">Owned by the monitor from now on; nobody else may touch it.</param>
    /// <param name="clock">Gives the instant that each message sees.</param>
    public Monitor(string name, TState state, ServiceClock clock)
    {
        this.state = state;
        Clock = clock;
        timed = state as ITimedState;
        if (timed is not null) timer = clock.CreateTimer(name, () => Post(static (_, _) => { }));
    }

    protected ServiceClock Clock { get; }

    protected Lock Gate { get; } = new();

    /// <summary>Runs a question against the state and returns its answer.</summary>
    public TAnswer Ask<TAnswer>(Func<TState, DateTimeOffset, TAnswer> question)
    {
        Enter();
        try
        {
            return question(state, Settle());
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Runs a message against the state.</summary>
    public void Post(Action<TState, DateTimeOffset> message)
    {
        Enter();
        try
        {
            message(state, Settle());
        }
        finally
        {
            Leave();
        }
    }

    public void Dispose() => timer?.Dispose();

    /// <summary>Called before a message waits for its turn.</summary>
    protected virtual void BeforeMessage()
    {
    }

    /// <summary>Called inside the lock when a message has run and the timer is armed.</summary>
    /// <returns>Passed on to <see cref="AfterMessage"/>.</returns>
    protected virtual bool EndMessage(TState ended) => false;

    /// <summary>Called outside the lock, also when the message has thrown.</summary>
    protected virtual void AfterMessage(bool hasMoreToDo)
    {
    }

    private void Enter()
    {
        if (Gate.IsHeldByCurrentThread)
            throw new InvalidOperationException("A message may not ask the monitor that is running it.");
        BeforeMessage();
        Gate.Enter();
    }

    // The order of locks is always monitor, then clock: a timer that is already due fires on another thread.
    private void Leave()
    {
        var hasMoreToDo = false;
        try
        {
            if (timer is not null && timed!.NextDue != armed)
            {
                armed = timed.NextDue;
                if (armed is { } due) timer.FireAt(due);
                else timer.Cancel();
            }

            hasMoreToDo = EndMessage(state);
        }
        finally
        {
            Gate.Exit();
            AfterMessage(hasMoreToDo);
        }
    }

    // What is already due happens before the message, so that no message sees a state that time has overtaken.
    private DateTimeOffset Settle()
    {
        var now = Clock.GetUtcNow();
        if (timed?.NextDue <= now) timed.OnDue(now);
        return now;
    }
}
