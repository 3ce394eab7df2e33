using System.Globalization;

namespace Isobar.Benchmarks.Invocations;

/// <summary>
/// The host's memory over many invocations. What is bounded fills up first (the journal's ring after about 20,000
/// invocations); after that it should stay as it is.
/// </summary>
internal static class MemoryBenchmark
{
    private const int Invocations = 200_000, Step = 20_000, Full = 40_000, Concurrent = 4;
    private const double MostHeapGrowthMegabytes = 4, MostResidentGrowthMegabytes = 16;

    public static async Task<int> RunAsync()
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        await using var host = await ProbeHost.StartAsync();
        using var callers = new Callers(host.Address, ProbeHost.Path, Concurrent);
        Console.WriteLine("invocations   managed heap MB   resident MB   allocated since, bytes an invocation");
        var marks = new List<Mark>();
        for (var done = 0; done <= Invocations; done += Step)
        {
            if (done > 0) callers.Together(Step / Concurrent);
            var mark = Mark.Take(done);
            var each = marks.Count == 0 ? 0 : (mark.Allocated - marks[^1].Allocated) / Step;
            marks.Add(mark);
            Console.WriteLine($"{done,11:N0}   {mark.Heap / 1e6,15:0.0}   {mark.Resident / 1e6,11:0.0}   {each,8:N0}");
        }

        var full = marks.Single(mark => mark.Invocations == Full);
        var heap = (marks[^1].Heap - full.Heap) / 1e6;
        var resident = (marks[^1].Resident - full.Resident) / 1e6;
        Console.WriteLine($"growth from {Full:N0} to {Invocations:N0}");
        var flat = Target.Report(
                $"heap {heap:0.0} MB, at most {MostHeapGrowthMegabytes} MB", heap <= MostHeapGrowthMegabytes)
            & Target.Report(
                $"resident {resident:0.0} MB, at most {MostResidentGrowthMegabytes} MB",
                resident <= MostResidentGrowthMegabytes);
        return flat ? 0 : 1;
    }

    /// <summary>What this process holds, the callers included; they allocate nothing.</summary>
    private sealed record Mark(int Invocations, long Heap, long Resident, long Allocated)
    {
        public static Mark Take(int invocations)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            return new Mark(
                invocations, GC.GetTotalMemory(false), Environment.WorkingSet, GC.GetTotalAllocatedBytes(true));
        }
    }
}
