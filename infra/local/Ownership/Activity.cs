namespace Isobar.Local.Ownership;

/// <summary>
/// Counts the work that is under way on behalf of the service (invocations, deliveries, timer callbacks), so that a
/// clock jump can wait until nothing is. Parked long polls are not work.
/// </summary>
internal sealed class Activity
{
    private readonly Lock gate = new();
    private int underWay;
    private TaskCompletionSource? quiet;

    /// <summary>How many pieces of work are under way now.</summary>
    public int UnderWay
    {
        get { lock (gate) return underWay; }
    }

    /// <summary>Counts one piece of work until the result is disposed.</summary>
    public Lease Begin()
    {
        lock (gate) underWay++;
        return new Lease(this);
    }

    /// <summary>Completes when nothing is under way.</summary>
    /// <returns>False if <paramref name="bound"/> of real time passed first.</returns>
    public async Task<bool> WaitForQuietAsync(TimeSpan bound, CancellationToken cancellationToken)
    {
        Task waiting;
        lock (gate)
        {
            if (underWay == 0) return true;
            quiet ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting = quiet.Task;
        }

        try
        {
            await waiting.WaitAsync(bound, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private void End()
    {
        lock (gate)
        {
            if (--underWay > 0) return;
            quiet?.TrySetResult();
            quiet = null;
        }
    }

    /// <summary>One piece of work; disposing it twice counts once.</summary>
    internal sealed class Lease(Activity activity) : IDisposable
    {
        private Activity? owner = activity;

        public void Dispose() => Interlocked.Exchange(ref owner, null)?.End();
    }
}
