namespace Isobar.Local.Ownership;

/// <summary>What a jump did.</summary>
/// <param name="Step">How far service time moved.</param>
/// <param name="Now">Service time after it.</param>
/// <param name="Fired">The timers that it reached, by name, but for passive ones.</param>
internal sealed record ClockJump(TimeSpan Step, DateTimeOffset Now, IReadOnlyList<string> Fired);

/// <summary>No jump was taken, because work was still under way when the bound passed.</summary>
internal sealed class ClockBusyException(int underWay, TimeSpan bound)
    : Exception($"The clock was not moved: {underWay} piece(s) of work under way for {bound.TotalSeconds:0} s.");

/// <summary>
/// Moves the service clock one timer at a time, and only while nothing is
/// under way: an invocation never sees time leap.
/// </summary>
/// <param name="bound">Real time to wait for quiet before each step; past it the jump is refused.</param>
internal sealed class ClockControl(ServiceClock clock, Activity activity, TimeSpan bound) : IDisposable
{
    /// <summary>The longest way forward in one call.</summary>
    public static readonly TimeSpan MaxStep = TimeSpan.FromDays(14);

    // Each attempt has waited for quiet: so many in vain mean that work never ceases.
    private const int MaxAttempts = 1_000;

    private readonly SemaphoreSlim oneAtATime = new(1);

    /// <summary>Jumps to the earliest armed timer that is not passive; passive ones fire on the way.</summary>
    /// <returns>Null when no such timer is armed.</returns>
    /// <exception cref="ClockBusyException">Work did not end within the bound.</exception>
    public Task<ClockJump?> JumpToNextTimerAsync(CancellationToken cancellationToken) => AloneAsync(async () =>
    {
        await QuietAsync(cancellationToken);
        if (clock.NextActive() is not { } due) return null;
        var (all, fired) = (TimeSpan.Zero, new List<string>());
        do
        {
            var (step, timer) = await StepAsync(due, cancellationToken);
            all += step;
            if (timer is { IsPassive: false }) fired.Add(timer.Name);
        }
        while (clock.GetUtcNow() < due);
        await QuietAsync(cancellationToken);
        return new ClockJump(all, clock.GetUtcNow(), fired);
    }, cancellationToken);

    /// <summary>Advances by a time, stopping at each timer on the way until what it began has ended.</summary>
    /// <param name="step">Zero to <see cref="MaxStep"/>.</param>
    /// <exception cref="ClockBusyException">Work did not end within the bound.</exception>
    public Task<ClockJump> AdvanceByAsync(TimeSpan step, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(step, MaxStep);
        return AloneAsync(async () =>
        {
            var fired = new List<string>();
            await QuietAsync(cancellationToken);
            var target = clock.GetUtcNow() + step;
            while (await StepAsync(target, cancellationToken) is (_, { } timer))
                if (!timer.IsPassive) fired.Add(timer.Name);
            return new ClockJump(step, clock.GetUtcNow(), fired);
        }, cancellationToken);
    }

    public void Dispose() => oneAtATime.Dispose();

    private async Task<T> AloneAsync<T>(Func<Task<T>> move, CancellationToken cancellationToken)
    {
        await oneAtATime.WaitAsync(cancellationToken);
        try
        {
            return await move();
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    // Work may begin between the wait and the step; then the clock has not moved, and the wait begins anew.
    private async Task<(TimeSpan Step, ServiceTimer? Fired)> StepAsync(
        DateTimeOffset? limit, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            await QuietAsync(cancellationToken);
            if (clock.TryStep(limit) is { } taken) return taken;
        }

        throw new ClockBusyException(activity.UnderWay, bound);
    }

    // What a callback woke may still be on its way through the thread pool; it is queued ahead of these two turns.
    private async Task QuietAsync(CancellationToken cancellationToken)
    {
        for (var turn = 0; turn < 3; turn++)
        {
            if (!await activity.WaitForQuietAsync(bound, cancellationToken))
                throw new ClockBusyException(activity.UnderWay, bound);
            await Task.Yield();
        }
    }
}
