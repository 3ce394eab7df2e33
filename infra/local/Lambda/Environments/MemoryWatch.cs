using Isobar.Local.History;
using Isobar.Local.Lambda.Processes;
using Isobar.Local.Ownership;

namespace Isobar.Local.Lambda.Environments;

/// <summary>An environment used more memory than its function has, and its largest process was killed for it.</summary>
internal sealed record MemoryExhausted(
    string FunctionName, string EnvironmentId, long UsedBytes, int MemorySizeMb) : IFunctionFact;

/// <summary>
/// Acts when the runtime and the extensions together take more memory than their function has, as the kernel does on
/// AWS. Without control groups it is done by looking: ten times a second, while something runs.
/// </summary>
/// <remarks>
/// The heap's own limit (<c>DOTNET_GCHeapHardLimit</c>) is the same size, so this is about what is beside the heap.
/// </remarks>
internal sealed class MemoryWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly ServiceClock realTime;
    private readonly Func<IReadOnlyList<int>> processes;
    private readonly long limitBytes;
    private readonly Action<long, int> exceeded;
    private readonly ServiceTimer timer;
    private int watching;

    /// <param name="processes">The ids of the processes while something runs in them, otherwise nothing.</param>
    /// <param name="exceeded">Told of the bytes used, when they are over the limit, and of the largest process.</param>
    public MemoryWatch(
        ServiceClock realTime, Func<IReadOnlyList<int>> processes, long limitBytes, Action<long, int> exceeded)
    {
        this.realTime = realTime;
        this.processes = processes;
        this.limitBytes = limitBytes;
        this.exceeded = exceeded;
        timer = realTime.CreateTimer("memory", Look);
    }

    /// <summary>Something runs now; the watch goes on until nothing does.</summary>
    public void Begin()
    {
        if (Interlocked.Exchange(ref watching, 1) == 0) timer.FireAt(realTime.GetUtcNow() + Interval);
    }

    public void Dispose() => timer.Dispose();

    private void Look()
    {
        Volatile.Write(ref watching, 0);
        var running = processes();
        if (running.Count == 0) return;
        var (used, largest, largestBytes) = (0L, running[0], 0L);
        foreach (var process in running)
        {
            var own = MemoryReading.Of(process)?.OwnBytes ?? 0;
            used += own;
            if (own > largestBytes) (largest, largestBytes) = (process, own);
        }

        if (used > limitBytes) exceeded(used, largest);
        Begin();
    }
}
