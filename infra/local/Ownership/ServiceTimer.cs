namespace Isobar.Local.Ownership;

/// <summary>A timer of the service clock that fires once each time it is armed.</summary>
internal sealed class ServiceTimer : ITimer
{
    private readonly ServiceClock clock;
    private readonly Action callback;
    private bool disposed;

    internal ServiceTimer(ServiceClock clock, string name, Action callback)
    {
        this.clock = clock;
        this.callback = callback;
        Name = name;
    }

    public string Name { get; }

    /// <summary>
    /// Whether a jump to the next timer passes it by: it fires on the way, but is nothing that anybody waits for, as
    /// taking a sample each minute is not.
    /// </summary>
    public bool IsPassive { get; init; }

    /// <summary>The place in the clock's order at which it is armed; zero when it is not. Owned by the clock.</summary>
    internal long Order { get; set; }

    /// <summary>Arms the timer for an instant of service time, in place of any earlier one.</summary>
    public void FireAt(DateTimeOffset due)
    {
        if (!disposed) clock.Arm(this, due);
    }

    public void Cancel() => clock.Disarm(this);

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (disposed) return false;
        if (dueTime == Timeout.InfiniteTimeSpan) Cancel();
        else FireAt(clock.GetUtcNow() + dueTime);
        return true;
    }

    public void Dispose()
    {
        disposed = true;
        Cancel();
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal bool IsArmedFor(long order) => Order == order;

    internal void Fire()
    {
        if (!disposed) callback();
    }
}
