namespace Isobar.Benchmarks.Invocations;

/// <summary>Callers of one address, each with a connection and a thread of its own while it calls.</summary>
internal sealed class Callers : IDisposable
{
    private static readonly byte[] Payload = "{\"station\":\"XIW00000001\",\"rows\":390000}"u8.ToArray();

    private readonly Caller[] callers;

    public Callers(Uri address, string path, int count)
        : this(count, () => new Caller(address, path, Payload))
    {
    }

    public Callers(int count, Func<Caller> make) =>
        callers = [.. Enumerable.Range(0, count).Select(_ => make())];

    /// <summary>Has the first caller call, one call after the other.</summary>
    public Latencies OneByOne(int calls)
    {
        var took = new TimeSpan[calls];
        Start(() =>
        {
            for (var call = 0; call < calls; call++)
            {
                var start = TimeProvider.System.GetTimestamp();
                callers[0].Call();
                took[call] = TimeProvider.System.GetElapsedTime(start);
            }
        }).GetAwaiter().GetResult();
        return new Latencies(took);
    }

    /// <summary>Has all callers call at a time.</summary>
    /// <returns>Calls a second, over all of them.</returns>
    public double Together(int callsEach)
    {
        var start = TimeProvider.System.GetTimestamp();
        var calling = callers.Select(caller => Start(() =>
        {
            for (var call = 0; call < callsEach; call++) caller.Call();
        })).ToArray();
        Task.WhenAll(calling).GetAwaiter().GetResult();
        return callers.Length * callsEach / TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }

    public void Dispose()
    {
        foreach (var caller in callers) caller.Dispose();
    }

    // A thread of the pool would be missing on the other side.
    private static Task Start(Action calls) => Task.Factory.StartNew(
        calls, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
