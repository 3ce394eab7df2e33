namespace Isobar.Local.Ownership;

/// <summary>What a jump did.</summary>
/// <param name="Step">How far service time moved.</param>
/// <param name="Now">Service time after it.</param>
/// <param name="Fired">The timers that it reached, by name.</param>
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

    private readonly SemaphoreSlim oneAtATime = new(1);

    /// <summary>Jumps to the earliest armed timer.</summary>
    /// <returns>Null when no timer is armed.</returns>
    /// <exception cref="ClockBusyException">Work did not end within the bound.</exception>
    public Task<ClockJump?> JumpToNextTimerAsync(CancellationToken cancellationToken) => AloneAsync(async () =>
    {
        await QuietAsync(cancellationToken);
        if (clock.ArmedTimers() is not [var (name, due), ..]) return null;
        var step = Later(due - clock.GetUtcNow());
        clock.JumpBy(step);
        await QuietAsync(cancellationToken);
        return new ClockJump(step, clock.GetUtcNow(), [name]);
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
            while (clock.ArmedTimers() is [var (name, due), ..] && due <= target)
            {
                clock.JumpBy(Later(due - clock.GetUtcNow()));
                fired.Add(name);
                await QuietAsync(cancellationToken);
            }

            clock.JumpBy(Later(target - clock.GetUtcNow()));
            return new ClockJump(step, clock.GetUtcNow(), fired);
        }, cancellationToken);
    }

    public void Dispose() => oneAtATime.Dispose();

    private static TimeSpan Later(TimeSpan step) => step > TimeSpan.Zero ? step : TimeSpan.Zero;

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
