using System.Globalization;
using System.Runtime.InteropServices;

namespace Isobar.Benchmarks.ColdStarts;

/// <summary>
/// GET /jobs/{id} without and with the instrumentation layer: the init phase, a warm invocation, which makes one call
/// of DynamoDB, and the time from the response until nothing holds the environment any more.
/// </summary>
internal static class InstrumentationBenchmark
{
    private const int Starts = 15;
    private const int WarmCalls = 200;
    private const double MostInitMs = 25;
    private const double MostAfterMs = 0.5;

    private static readonly int[] Memories = [128, 512, CpuShare.MemoryOfOneCpu];

    public static async Task<int> RunAsync()
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        using var packages = new Packages();
        var without = await ColdSubjects.MakeJobAsync(packages, CancellationToken.None);
        var layer = await packages.MakeAsync(
            "layers/instrumentation", "InstrumentationLayer", CancellationToken.None);
        without = without with { WarmCalls = WarmCalls };
        var with = without with
        {
            Way = "with the layer", HasExtension = true,
            Program = [Path.Combine(layer, "instrumentation", "wrapper"), .. without.Program],
        };
        Console.WriteLine($"{TimeProvider.System.GetUtcNow():d MMMM yyyy}, {Environment.ProcessorCount} processors, "
            + $"{RuntimeInformation.FrameworkDescription}, {Starts} starts each in turns, "
            + $"{WarmCalls} warm calls a start");
        var met = true;
        using var whole = CpuShare.Whole();
        var (init, after) = await CompareAsync("the whole machine", whole, without, with);
        met &= Target.Report($"init at most {MostInitMs} ms more: {init:0.0}", init <= MostInitMs);
        met &= Target.Report(
            $"after the response at most {MostAfterMs} ms more: {after:0.000}", after <= MostAfterMs);
        foreach (var memory in Memories)
        {
            using var share = CpuShare.TryCreate(memory, out var why);
            if (share is null) Console.WriteLine($"{memory} MB: no control group ({why})");
            else await CompareAsync($"the share of {memory:N0} MB", share, without, with);
        }

        return met ? 0 : 1;
    }

    /// <returns>How much more init and what follows a response take with the layer, in milliseconds.</returns>
    private static async Task<(double Init, double After)> CompareAsync(
        string what, CpuShare share, ColdSubject without, ColdSubject with)
    {
        var pairs = new List<(ColdStart Without, ColdStart With)>();
        await ColdStart.MeasureAsync(with, share, CancellationToken.None);
        for (var start = 0; start < Starts; start++)
        {
            pairs.Add((
                await ColdStart.MeasureAsync(without, share, CancellationToken.None),
                await ColdStart.MeasureAsync(with, share, CancellationToken.None)));
        }

        Console.WriteLine($"{what}, in milliseconds");
        var init = Row("init", pairs, start => [start.Init]);
        Row("first call", pairs, start => [start.First]);
        Row("warm call", pairs, start => start.Warm.Select(call => call.Took));
        var after = Row("after the response", pairs, start => start.Warm.Select(call => call.After));
        var resident = pairs.Select(pair => (pair.With.ResidentBytes - pair.Without.ResidentBytes) / 1e6);
        Console.WriteLine($"  memory more, MB      {new Spread(resident)}");
        return (init, after);
    }

    /// <returns>The difference: the middle one of the pairs' differences between their medians.</returns>
    private static double Row(
        string what, IReadOnlyList<(ColdStart Without, ColdStart With)> pairs,
        Func<ColdStart, IEnumerable<TimeSpan>> times)
    {
        Spread Of(ColdStart start) => new(times(start).Select(time => time.TotalMilliseconds));
        var difference = new Spread(pairs.Select(pair => Of(pair.With).Median - Of(pair.Without).Median)).Median;
        Console.WriteLine($"  {what,-20} without {new Spread(pairs.Select(pair => Of(pair.Without).Median))}");
        Console.WriteLine($"  {"",-20} with    {new Spread(pairs.Select(pair => Of(pair.With).Median))}"
            + $"   more {difference,8:0.000}");
        return difference;
    }
}
