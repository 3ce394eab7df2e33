using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Isobar.Benchmarks.Invocations;
using Isobar.Stories.Telemetry;

namespace Isobar.Benchmarks.Telemetry;

/// <summary>
/// What an invocation costs while the telemetry extension's bucket and OTLP endpoint stall for a minute, beside one
/// whose destinations do not; the extension's memory meanwhile, and what it tells of the loss.
/// </summary>
internal static class TelemetryBenchmark
{
    private const double MostRatio = 1.1, MostMegabytes = 40, MostMegabytesOnDotnet = 64;
    private const double MostOverheadMilliseconds = 0.5;
    private const int Lines = 20;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10), Stalled = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync()
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        // However this ends, it leaves no process or folder.
        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            return await MeasureAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 130;
        }
    }

    private static async Task<int> MeasureAsync(CancellationToken cancellationToken)
    {
        await using var free = await StallableHost.StartAsync();
        await using var stalled = await StallableHost.StartAsync();
        using var extension = await stalled.Host.WarmUpAsync();
        var isNative = extension.ProcessName != "dotnet";
        await free.Host.WarmUpAsync();
        await CallAsync(free.Host, stalled.Host, WarmUp, cancellationToken);

        stalled.Stall();
        var (calls, resident) = await WatchAsync(
            extension, CallAsync(free.Host, stalled.Host, Stalled, cancellationToken));
        stalled.Release();
        await CallAsync(free.Host, stalled.Host, Recovery, cancellationToken);
        await stalled.Host.RetireAllAsync();

        Console.WriteLine(
            $"an invocation that writes {Lines} lines, in turns at two hosts; bucket and OTLP endpoint of one stall");
        var met = ReportLatencies(calls.Free, calls.Stalled);
        var (kind, most) = isNative ? ("native", MostMegabytes) : ("on dotnet", MostMegabytesOnDotnet);
        met &= Target.Report(
            $"resident {resident / 1048576.0:0.0} MB {kind}, at most {most} MB", resident <= most * (1 << 20));
        return met & ReportLines(await stalled.Host.ReadAsync()) ? 0 : 1;
    }

    private static bool ReportLatencies(Latencies free, Latencies stalled)
    {
        var met = true;
        foreach (var part in (double[])[0.5, 0.99])
        {
            var ratio = stalled.At(part) / free.At(part);
            met &= Target.Report(
                $"p{part * 100:0} stalled {stalled.At(part):0.000} ms / not stalled {free.At(part):0.000} ms: "
                + $"{ratio:0.00}, at most {MostRatio}",
                ratio <= MostRatio);
        }

        return met;
    }

    private static bool ReportLines(IReadOnlyList<ShippedLine> lines)
    {
        var overheads = new Latencies([.. lines.Where(line => line.Type == "platform.report").Select(Overhead)]);
        var met = Target.Report(
            $"extension after the runtime was done: p50 {overheads.At(0.5):0.000}, p99 {overheads.At(0.99):0.000} ms; "
            + $"p50 at most {MostOverheadMilliseconds} ms",
            overheads.At(0.5) <= MostOverheadMilliseconds);
        var told = lines.Where(line => line.Type == "telemetry.dropped"
                && line.Record.GetProperty("destination").GetString() == "the bucket")
            .Sum(line => line.Record.GetProperty("droppedLines").GetInt64());
        var missing = lines.GroupBy(line => line.Environment)
            .Sum(group => group.Max(line => line.Sequence) - group.Count());
        return met & Target.Report(
            $"{lines.Count} lines in the bucket, {missing} missing, {told} told as dropped",
            missing == told && told > 0);
    }

    private static TimeSpan Overhead(ShippedLine report) => TimeSpan.FromMilliseconds(
        report.Record.GetProperty("spans").EnumerateArray()
            .Single(span => span.GetProperty("name").GetString() == "extensionOverhead")
            .GetProperty("durationMs").GetDouble());

    /// <summary>Calls the two in turns, so that both see the same machine.</summary>
    private static async Task<(Latencies Free, Latencies Stalled)> CallAsync(
        TelemetryHost free, TelemetryHost stalled, TimeSpan time, CancellationToken cancellationToken)
    {
        var calls = (Free: new List<TimeSpan>(), Stalled: new List<TimeSpan>());
        var whole = Stopwatch.StartNew();
        while (whole.Elapsed < time)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Each is the earlier one as often as the other.
            calls.Free.Add(await CallAsync(free));
            calls.Stalled.Add(await CallAsync(stalled));
            calls.Stalled.Add(await CallAsync(stalled));
            calls.Free.Add(await CallAsync(free));
        }

        return (new Latencies([.. calls.Free]), new Latencies([.. calls.Stalled]));
    }

    private static async Task<TimeSpan> CallAsync(TelemetryHost host)
    {
        // Nothing that compresses: what waits fills up even when the machine is slow.
        var text = Convert.ToBase64String(RandomNumberGenerator.GetBytes(900));
        var call = Stopwatch.StartNew();
        await host.InvokeAsync($$"""{"do":"log","text":"{{text}}","lines":{{Lines}}}""");
        return call.Elapsed;
    }

    /// <summary>The extension's largest resident set while the calls are made, looked at once a second.</summary>
    private static async Task<(TCalls Calls, long Resident)> WatchAsync<TCalls>(
        Process extension, Task<TCalls> calls)
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
