using System.Runtime.ExceptionServices;

namespace Isobar.Local.Ownership;

/// <summary>
/// A monitor of state that decides effects. Each effect takes a lease on the clock inside the lock, before anybody else
/// can see what the message changed, and gives it up when it has been performed: a jump of the clock never comes
/// between a decision and its effect. This is the one place where a state's work is counted.
/// </summary>
/// <remarks>
/// <para>Effects are performed outside the lock, one at a time and in the order of the decisions, whichever thread
/// decided them. A message returns when its effects are performed or when another thread is at them.</para>
/// <para>An effect may send messages to the same monitor; what they decide is performed after it. It should return
/// soon, because others wait behind it: work that goes on (a process, a call) takes the lease over.</para>
/// <para>An effect that throws is a defect of the host. It gives its lease up, the others are still performed, and then
/// whoever performed it sees the exception.</para>
/// </remarks>
internal sealed class Monitor<TState, TEffect> : Monitor<TState>
    where TState : class, IDecidingState<TEffect>
{
    /// <summary>Effects that one caller performs in a row before the thread pool goes on with the rest.</summary>
    internal const int MaxInARow = 64;

    private readonly Action<TEffect, Activity.Lease> perform;
    private Queue<(TEffect Effect, Activity.Lease Lease)> decided = new();

    // Owned by whoever performs: what it has taken out of the lock in one go.
    private Queue<(TEffect Effect, Activity.Lease Lease)> taken = new();
    private bool isPerforming;

    /// <inheritdoc cref="Monitor{TState}(string, TState, ServiceClock, bool)"/>
    /// <param name="perform">
    /// Performs one effect. The lease ends when it returns, unless it took the lease over
    /// (<see cref="Activity.Lease.TakeOver"/>).
    /// </param>
    public Monitor(
        string name, TState state, ServiceClock clock, Action<TEffect, Activity.Lease> perform, bool isPassive = false)
        : base(name, state, clock, isPassive)
    {
        this.perform = perform;
    }

    // A message is work before it reads the clock: either the jump waits for its effects, or it sees the new time.
    protected override void BeforeMessage() => Clock.Activity.Enter();

    protected override bool EndMessage(TState changed)
    {
        foreach (var effect in changed.Effects.Take()) decided.Enqueue((effect, Clock.Activity.Begin()));
        if (isPerforming || decided.Count == 0) return false;
        return isPerforming = true;
    }

    protected override void AfterMessage(bool mustPerform)
    {
        Clock.Activity.Leave();
        if (mustPerform) Perform();
    }

    private bool TryTakeNext(out (TEffect Effect, Activity.Lease Lease) next)
    {
        if (taken.TryDequeue(out next)) return true;
        lock (Gate)
        {
            // From here on another thread may perform, and own what is taken.
            if (decided.Count == 0) return isPerforming = false;
            (decided, taken) = (taken, decided);
        }

        return taken.TryDequeue(out next);
    }

    private void Perform()
    {
        ExceptionDispatchInfo? first = null;
        for (var performed = 0; performed < MaxInARow; performed++)
        {
            if (!TryTakeNext(out var next))
            {
                first?.Throw();
                return;
            }

            using var lease = next.Lease;
            try
            {
                perform(next.Effect, lease);
            }
            catch (Exception e)
            {
                first ??= ExceptionDispatchInfo.Capture(e);
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(static monitor => monitor.Perform(), this, preferLocal: false);
        first?.Throw();
    }
}
