namespace Isobar.Functions.Tests.Simulation;

/// <summary>
/// A clock for asynchronous code on one thread: when nothing is left to run at an instant, it jumps to the next timer.
/// The order of everything is decided by the code, so a run repeats exactly.
/// </summary>
internal sealed class VirtualTime : TimeProvider
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> ready = [];
    private readonly PriorityQueue<Action, (DateTimeOffset At, long Number)> timers = new();
    private DateTimeOffset now = new(2026, 1, 12, 12, 0, 0, TimeSpan.Zero);
    private long numbers;

    public override DateTimeOffset GetUtcNow() => now;

    public Task DelayAsync(double seconds)
    {
        var delay = new TaskCompletionSource();
        At(TimeSpan.FromSeconds(seconds), delay.SetResult);
        return delay.Task;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != Timeout.InfiniteTimeSpan) At(dueTime, () => callback(state));
        return new Once();
    }

    /// <summary>Runs until nothing is left to run and no timer is left.</summary>
    public void Run(Action start)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new Loop(this));
        try
        {
            start();
            while (true)
            {
                while (ready.TryDequeue(out var next)) next.Callback(next.State);
                if (!timers.TryDequeue(out var timer, out var due)) return;
                now = due.At;
                timer();
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private void At(TimeSpan time, Action callback) => timers.Enqueue(callback, (now + time, numbers++));

    private sealed class Loop(VirtualTime time) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => time.ready.Enqueue((d, state));

        public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();
    }

    /// <summary>A timer that was started with its one due time.</summary>
    private sealed class Once : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
