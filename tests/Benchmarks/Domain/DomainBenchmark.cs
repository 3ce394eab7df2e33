using System.Diagnostics;
using System.Globalization;

namespace Isobar.Benchmarks.Domain;

/// <summary>
/// Throughput on one core and memory. Everything is compared within one run, round by round, because machines differ
/// and are noisy; the best round of each counts.
/// </summary>
internal static class DomainBenchmark
{
    private const int Rounds = 5;
    private const long ThroughputBytes = 128_000_000, MemoryBytes = 1_000_000_000;
    private const double LeastMegabytesASecond = 150;
    private const double MostGrowthMegabytes = 64;

    public static async Task<int> RunAsync()
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
            Process.GetCurrentProcess().ProcessorAffinity = 1;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

        var fastEnough = true;
        using (var stations = BenchmarkFile.InStationOrder(ThroughputBytes))
        {
            await WithDomain.AcceptedRowsAsync(stations);
            fastEnough &= await CompareAsync("station order", stations);
        }

        using (var days = BenchmarkFile.InDayOrder(ThroughputBytes))
            fastEnough &= await CompareAsync("day order, 8,000 stations", days);

        var smallEnough = await MeasureMemoryAsync();
        return fastEnough && smallEnough ? 0 : 1;
    }

    private static async Task<bool> CompareAsync(string title, BenchmarkFile file)
    {
        (string Name, Func<BenchmarkFile, Task<long>> Run, bool Slow)[] ways =
        [
            ("raw read", RawRead.LinesAsync, false),
            ("domain, 8 MiB chunks", chunked => WithDomain.AcceptedRowsAsync(chunked), false),
            ("domain, one range", WithDomain.AcceptedRowsInOneRangeAsync, false),
            ("CsvHelper", WithCsvLibrary.AcceptedRowsAsync, true),
        ];
        var best = new double[ways.Length];
        var rows = new long[ways.Length];
        for (var round = 0; round < Rounds; round++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                // One round to warm up and one to count are enough to tell this one apart.
                if (ways[way].Slow && round > 1) continue;
                var start = TimeProvider.System.GetTimestamp();
                rows[way] = await ways[way].Run(file);
                var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
                best[way] = Math.Max(best[way], file.Bytes / 1e6 / seconds);
            }
        }

        if (rows[1] != rows[2] || rows[1] != rows[3]) throw new InvalidOperationException("Not the same work.");
        Console.WriteLine($"{title}: {file.Bytes / 1e6:0} MB, {rows[1]:N0} rows accepted, one core, best of {Rounds}");
        for (var way = 0; way < ways.Length; way++)
        {
            Console.WriteLine(
                $"  {ways[way].Name,-22} {best[way],8:0} MB/s   {best[way] / best[0],7:0.000} of raw   "
                + $"{best[way] / best[^1],6:0.0} x CsvHelper");
        }

        return Target.Report($"at least {LeastMegabytesASecond} MB/s", best[1] >= LeastMegabytesASecond);
    }

    private static async Task<bool> MeasureMemoryAsync()
    {
        using var file = BenchmarkFile.InStationOrder(MemoryBytes);
        using (var warm = BenchmarkFile.InDayOrder(20_000_000)) await WithDomain.AcceptedRowsAsync(warm);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

        var before = Environment.WorkingSet;
        var most = before;
        await WithDomain.AcceptedRowsAsync(file, () => most = Math.Max(most, Environment.WorkingSet));
        var growth = (most - before) / 1e6;
        Console.WriteLine(
            $"memory: {file.Bytes / 1e6:0} MB read, resident {before / 1e6:0} MB before, {most / 1e6:0} MB at most");
        return Target.Report(
            $"growth {growth:0.0} MB, at most {MostGrowthMegabytes} MB", growth <= MostGrowthMegabytes);
    }
}
