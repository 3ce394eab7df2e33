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
/// The one way to hold mutable state. A message runs alone, synchronously and to its end: it may neither await nor ask
/// another mailbox. After each message the mailbox arms one timer for the state's next due instant.
/// </summary>
/// <remarks>It is a monitor, not a queue: callers wait their turn, so there is nothing that could fill up.</remarks>
internal sealed class Mailbox<TState> : IDisposable
    where TState : class
{
    private readonly Lock gate = new();
    private readonly TState state;
    private readonly TimeProvider clock;
    private readonly ITimedState? timed;
    private readonly ServiceTimer? timer;
    private DateTimeOffset? armed;

    /// <param name="name">Names the mailbox's timer to whoever jumps the clock.</param>
    /// <param name="state">Owned by the mailbox from now on; nobody else may touch it.</param>
    /// <param name="clock">Gives the instant that each message sees.</param>
    public Mailbox(string name, TState state, ServiceClock clock)
    {
        this.state = state;
        this.clock = clock;
        timed = state as ITimedState;
        if (timed is not null) timer = clock.CreateTimer(name, () => Post(static (_, _) => { }));
    }

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

    private void Enter()
    {
        if (gate.IsHeldByCurrentThread)
            throw new InvalidOperationException("A message may not ask the mailbox that is running it.");
        gate.Enter();
    }

    // What is already due happens before the message, so that no message sees a state that time has overtaken.
    private DateTimeOffset Settle()
    {
        var now = clock.GetUtcNow();
        if (timed?.NextDue <= now) timed.OnDue(now);
        return now;
    }

    // The order of gates is always mailbox, then clock: a timer that is already due fires on another thread.
    private void Leave()
    {
        try
        {
            if (timer is null || timed!.NextDue == armed) return;
            armed = timed.NextDue;
            if (armed is { } due) timer.FireAt(due);
            else timer.Cancel();
        }
        finally
        {
            gate.Exit();
        }
    }
}
