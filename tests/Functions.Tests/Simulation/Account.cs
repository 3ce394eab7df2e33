namespace Isobar.Functions.Tests.Simulation;

/// <summary>
/// The concurrency of an account. Whoever waits for an environment is a function's asynchronous events or a batch of a
/// mapping; all of them try again and again, so chance decides who gets the next one.
/// </summary>
/// <remarks>Source of the limits: AWS Lambda Developer Guide, Lambda quotas; a new account may have 10.</remarks>
internal sealed class Account(int concurrency, Random random, VirtualTime time)
{
    private static readonly TimeSpan MaximumEventAge = TimeSpan.FromHours(6);

    private readonly List<Func<TaskCompletionSource?>> waiting = [];
    private int free = concurrency;

    /// <summary>Events that were older than 6 hours when their turn came.</summary>
    public int Dropped { get; private set; }

    /// <summary>A queue of asynchronous events of one function.</summary>
    /// <param name="handle">One invocation; an exception makes Lambda try the event again, twice.</param>
    public Action<T> Asynchronous<T>(Func<T, Task> handle, Action<T> deadLetter)
    {
        var events = new Queue<(T Event, int Attempts, DateTimeOffset Since)>();
        return item => Add(item, 0, time.GetUtcNow());

        void Add(T item, int attempts, DateTimeOffset since)
        {
            events.Enqueue((item, attempts, since));
            if (events.Count == 1) waiting.Add(Start);
            Admit();
        }

        TaskCompletionSource? Start()
        {
            var (item, attempts, since) = events.Dequeue();
            if (events.Count > 0) waiting.Add(Start);
            if (time.GetUtcNow() - since > MaximumEventAge)
            {
                Dropped++;
                return null;
            }

            var started = new TaskCompletionSource();
            _ = RunAsync();
            return started;

            async Task RunAsync()
            {
                await started.Task;
                try
                {
                    await handle(item);
                    Release();
                }
                catch (Exception)
                {
                    Release();
                    if (attempts == 2) deadLetter(item);
                    else await AgainAsync(item, attempts + 1, since);
                }
            }
        }

        // After 1 and 2 minutes.
        async Task AgainAsync(T item, int attempts, DateTimeOffset since)
        {
            await time.DelayAsync(60 * attempts);
            Add(item, attempts, since);
        }
    }

    /// <summary>Waits for an environment; the caller gives it back.</summary>
    public Task EnterAsync()
    {
        var turn = new TaskCompletionSource();
        waiting.Add(() => turn);
        Admit();
        return turn.Task;
    }

    public void Release()
    {
        free++;
        Admit();
    }

    private void Admit()
    {
        while (free > 0 && waiting.Count > 0)
        {
            var at = random.Next(waiting.Count);
            var next = waiting[at];
            waiting.RemoveAt(at);
            if (next() is not { } turn) continue;
            free--;
            turn.SetResult();
        }
    }
}
