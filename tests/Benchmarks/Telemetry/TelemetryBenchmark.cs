using System.Diagnostics;
using System.Globalization;
using Isobar.Benchmarks.Invocations;
using Isobar.Stories.Telemetry;

namespace Isobar.Benchmarks.Telemetry;

/// <summary>
/// What the telemetry extension costs an invocation: beside a bucket that answers, and while the bucket stalls for a
/// minute, in turns of one run; its memory meanwhile, and what it tells of the loss.
/// </summary>
internal static class TelemetryBenchmark
{
    private const double MostRatio = 1.1, MostMegabytes = 64, MostOverheadMilliseconds = 1;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10), Free = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Stalled = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync()
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        await using var door = new StallingDoor();
        await using var host = await TelemetryHost.StartAsync(Checkout.Root, Checkout.Configuration, door.Address);
        door.Target = host.Host.Address;
        using var extension = await host.WarmUpAsync();
        await CallAsync(host, WarmUp);

        var before = await CallAsync(host, Free);
        door.Stall();
        var (during, resident) = await WatchAsync(extension, CallAsync(host, Stalled));
        door.Release();
        var after = await CallAsync(host, Free);
        await host.RetireAllAsync();
        return Report(before, during, after, resident, await host.ReadAsync());
    }

    private static bool ReportRatios(Latencies before, Latencies during, Latencies after)
    {
        var met = true;
        foreach (var part in (double[])[0.5, 0.99])
        {
            // Before and after, because the machine may have become slower or faster meanwhile.
            var free = (before.At(part) + after.At(part)) / 2;
            Console.WriteLine(
                $"  p{part * 100:0}   before {before.At(part):0.000}   stalled {during.At(part):0.000}   "
                + $"after {after.At(part):0.000} ms");
            var ratio = during.At(part) / free;
            met &= Target.Report($"p{part * 100:0} stalled / not stalled {ratio:0.00}, at most {MostRatio}",
                ratio <= MostRatio);
        }

        return met;
    }

    private static int Report(
        Latencies before, Latencies during, Latencies after, long resident, IReadOnlyList<ShippedLine> lines)
    {
        Console.WriteLine($"an invocation that writes 20 lines, one after the other; the bucket stalls for {Stalled}");
        var met = ReportRatios(before, during, after);
        met &= Target.Report($"resident {resident / 1e6:0.0} MB, at most {MostMegabytes} MB",
            resident <= MostMegabytes * (1 << 20));

        var overheads = new Latencies([.. lines.Where(line => line.Type == "platform.report").Select(Overhead)]);
        Console.WriteLine($"  extensions after the runtime was done: p50 {overheads.At(0.5):0.000}   "
            + $"p99 {overheads.At(0.99):0.000} ms");
        met &= Target.Report($"overhead p50 at most {MostOverheadMilliseconds} ms",
            overheads.At(0.5) <= MostOverheadMilliseconds);

        var told = lines.Where(line => line.Type == "telemetry.dropped")
            .Sum(line => line.Record.GetProperty("droppedLines").GetInt64());
        var missing = lines.GroupBy(line => line.Environment)
            .Sum(group => group.Max(line => line.Sequence) - group.Count());
        Console.WriteLine($"  {lines.Count} lines in the bucket, {missing} missing, {told} told as dropped");
        met &= Target.Report("every missing line is told", missing == told && told > 0);
        return met ? 0 : 1;
    }

    private static TimeSpan Overhead(ShippedLine report) => TimeSpan.FromMilliseconds(
        report.Record.GetProperty("spans").EnumerateArray()
            .Single(span => span.GetProperty("name").GetString() == "extensionOverhead")
            .GetProperty("durationMs").GetDouble());

    private static async Task<Latencies> CallAsync(TelemetryHost host, TimeSpan time)
    {
        var calls = new List<TimeSpan>();
        var whole = Stopwatch.StartNew();
        while (whole.Elapsed < time)
        {
            var text = Convert.ToHexString(Guid.NewGuid().ToByteArray());
            var call = Stopwatch.StartNew();
            await host.InvokeAsync($$"""{"do":"log","text":"{{text}}","lines":20}""");
            calls.Add(call.Elapsed);
        }

        return new Latencies([.. calls]);
    }

    /// <summary>The extension's largest resident set while the calls are made, looked at once a second.</summary>
    private static async Task<(Latencies Calls, long Resident)> WatchAsync(Process extension, Task<Latencies> calls)
    {
        var resident = 0L;
        while (await Task.WhenAny(calls, Task.Delay(1_000)) != calls)
        {
            extension.Refresh();
            resident = Math.Max(resident, extension.WorkingSet64);
        }

        return (await calls, resident);
    }
}
