namespace Isobar.Local.Ownership;

/// <summary>
/// Counts the work that is under way on behalf of the service (invocations, deliveries, timer callbacks, effects), so
/// that a clock jump can wait until nothing is. Parked long polls are not work.
/// </summary>
internal sealed class Activity
{
    private readonly Lock gate = new();
    private int underWay;
    private TaskCompletionSource? quiet;

    /// <summary>How many pieces of work are under way now.</summary>
    public int UnderWay => Volatile.Read(ref underWay);

    /// <summary>Counts one piece of work until the result is disposed.</summary>
    public Lease Begin()
    {
        Enter();
        return new Lease(this);
    }

    /// <summary>Completes when nothing is under way.</summary>
    /// <returns>False if <paramref name="bound"/> of real time passed first.</returns>
    public async Task<bool> WaitForQuietAsync(TimeSpan bound, CancellationToken cancellationToken)
    {
        Task waiting;
        lock (gate)
        {
            // Asked for before the count is read: work that ends in between finds it.
            quiet ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting = quiet.Task;
            Interlocked.MemoryBarrier();
            if (UnderWay == 0) return true;
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

    /// <summary>Counts one piece of work until <see cref="Leave"/>; for code that cannot forget to call that.</summary>
    internal void Enter() => Interlocked.Increment(ref underWay);

    internal void Leave()
    {
        if (Interlocked.Decrement(ref underWay) > 0 || Volatile.Read(ref quiet) is null) return;
        lock (gate)
        {
            quiet?.TrySetResult();
            quiet = null;
        }
    }

    /// <summary>One piece of work; disposing it twice counts once.</summary>
    internal sealed class Lease(Activity? activity) : IDisposable
    {
        private Activity? owner = activity;

        /// <summary>A lease of no work: a mark that a piece of work is over.</summary>
        public static Lease Over { get; } = new(null);

        public void Dispose() => Interlocked.Exchange(ref owner, null)?.Leave();

        /// <summary>Makes the work the caller's: it goes on after this lease is disposed.</summary>
        /// <exception cref="InvalidOperationException">The work has ended, or was taken over before.</exception>
        public Lease TakeOver() => new(Interlocked.Exchange(ref owner, null)
            ?? throw new InvalidOperationException("This piece of work is over, or somebody else's."));
    }
}
