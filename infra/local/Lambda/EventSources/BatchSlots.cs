using Isobar.Local.Ownership;

namespace Isobar.Local.Lambda.EventSources;

/// <summary>
/// How many batches of one mapping may be under way: few at first, more while all are used, fewer after function
/// errors. Owned by a monitor.
/// </summary>
/// <remarks>
/// AWS scales by what waits in the queue; here it is by how long every slot has been used, because the environments of
/// the host bound the work in any case. Source of the numbers: <see cref="MappingLimits"/>.
/// </remarks>
internal sealed class BatchSlots(int maximum) : ITimedState
{
    private TaskCompletionSource? waiter;
    private DateTimeOffset? allUsedSince;

    /// <summary>Batches that may be under way now.</summary>
    public int Limit { get; private set; } = Math.Min(MappingLimits.InitialConcurrency, maximum);

    public int InUse { get; private set; }

    /// <summary>When a reader that waits for a slot gets another one, if none becomes free earlier.</summary>
    public DateTimeOffset? NextDue { get; private set; }

    /// <summary>Takes a slot, or waits for one; one reader waits at a time.</summary>
    public Task Enter(DateTimeOffset now)
    {
        if (InUse < Limit)
        {
            InUse++;
            allUsedSince = null;
            return Task.CompletedTask;
        }

        if (waiter is not null) throw new InvalidOperationException("Another reader waits for a slot already.");
        allUsedSince ??= now;
        var answer = waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Limit < maximum) NextDue = allUsedSince + MappingLimits.ConcurrencyStepTime;
        if (NextDue <= now) OnDue(now);
        return answer.Task;
    }

    /// <summary>Gives a slot back.</summary>
    /// <param name="backOff">The function failed as a whole, so fewer batches should reach it at a time.</param>
    public void Leave(bool backOff)
    {
        InUse--;
        if (backOff) Limit = Math.Max(Math.Min(MappingLimits.LeastConcurrency, maximum), Limit / 2);
        // The reader that waits for messages holds a slot too: one in use means that nothing runs.
        else if (InUse <= 1 && waiter is null) Limit = Math.Min(MappingLimits.InitialConcurrency, maximum);
        Admit();
    }

    public void OnDue(DateTimeOffset now)
    {
        NextDue = null;
        allUsedSince = now;
        Limit = Math.Min(Limit + MappingLimits.ConcurrencyStep, maximum);
        Admit();
    }

    private void Admit()
    {
        if (waiter is null || InUse >= Limit) return;
        InUse++;
        waiter.SetResult();
        waiter = null;
        NextDue = null;
    }
}
