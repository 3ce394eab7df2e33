using Isobar.Local.Lambda.Processes;
using Isobar.Local.Ownership;

namespace Isobar.Local.Lambda.Environments;

/// <summary>A runtime used more memory than its function has, and was killed for it.</summary>
internal sealed record MemoryExhausted(string FunctionName, string EnvironmentId, long UsedBytes, int MemorySizeMb);

/// <summary>
/// Kills a runtime that takes more memory than its function has, as the kernel does on AWS. Without control groups it
/// is done by looking: ten times a second, while something runs.
/// </summary>
/// <remarks>
/// The heap's own limit (<c>DOTNET_GCHeapHardLimit</c>) is the same size, so this is about what is beside the heap.
/// </remarks>
internal sealed class MemoryWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly ServiceClock realTime;
    private readonly Func<int?> runtime;
    private readonly long limitBytes;
    private readonly Action<long> exceeded;
    private readonly ServiceTimer timer;
    private int watching;

    /// <param name="runtime">The runtime's process id while something runs in it, otherwise null.</param>
    /// <param name="exceeded">Told of the bytes used when they are over the limit.</param>
    public MemoryWatch(ServiceClock realTime, Func<int?> runtime, long limitBytes, Action<long> exceeded)
    {
        this.realTime = realTime;
        this.runtime = runtime;
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
        if (runtime() is not { } process) return;
        if (MemoryReading.Of(process) is { } reading && reading.OwnBytes > limitBytes) exceeded(reading.OwnBytes);
        Begin();
    }
}
