using System.Text.Json;

namespace Isobar.Instrumentation.Writing;

/// <summary>What .NET's runtime did since the counters were last read.</summary>
internal sealed class RuntimeCounters
{
    public static readonly (string Name, string Unit)[] Metrics =
    [
        ("HeapSize", "Bytes"), ("Allocated", "Bytes"), ("GcPause", "Milliseconds"), ("GcCount", "Count"),
        ("ThreadPoolThreads", "Count"), ("ThreadPoolQueue", "Count"),
    ];

    private long allocated;
    private TimeSpan paused;
    private int collections;

    /// <summary>Reads them all: the first time since the process started, later since the time before.</summary>
    public Reading Read()
    {
        var (allocatedNow, pausedNow, collectionsNow) =
            (GC.GetTotalAllocatedBytes(), GC.GetTotalPauseDuration(), GC.CollectionCount(0));
        var reading = new Reading(
            GC.GetTotalMemory(false), allocatedNow - allocated, pausedNow - paused, collectionsNow - collections,
            ThreadPool.ThreadCount, ThreadPool.PendingWorkItemCount);
        (allocated, paused, collections) = (allocatedNow, pausedNow, collectionsNow);
        return reading;
    }

    /// <param name="HeapSize">Bytes of objects, those included that are no longer needed and not yet collected.</param>
    /// <param name="Collections">Of all generations: each of a higher one is one of generation 0 as well.</param>
    internal readonly record struct Reading(
        long HeapSize, long Allocated, TimeSpan Paused, int Collections, int Threads, long Queue)
    {
        /// <summary>Writes the members that <see cref="Metrics"/> names.</summary>
        public void Write(Utf8JsonWriter writer)
        {
            writer.WriteNumber("HeapSize", HeapSize);
            writer.WriteNumber("Allocated", Allocated);
            writer.WriteNumber("GcPause", Math.Round(Paused.TotalMilliseconds, 3));
            writer.WriteNumber("GcCount", Collections);
            writer.WriteNumber("ThreadPoolThreads", Threads);
            writer.WriteNumber("ThreadPoolQueue", Queue);
        }
    }
}
