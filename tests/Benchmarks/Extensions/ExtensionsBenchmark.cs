using System.Globalization;
using System.Runtime.InteropServices;
using Isobar.Benchmarks.ColdStarts;
using Isobar.Local.Costs;

namespace Isobar.Benchmarks.Extensions;

/// <summary>
/// What extensions cost: cold start, duration, time after the answer, memory and the bill, as the real host reports
/// them, with the share of the processor that functions of three sizes have.
/// </summary>
internal static class ExtensionsBenchmark
{
    private const int Runs = 7, QuickRuns = 2, WarmCalls = 20;
    private const double MostOverhead = 0.5;

    private static readonly int[] Memories = [128, 512, CpuShare.MemoryOfOneCpu];

    public static Task<int> RunAsync() => RunAsync(Runs);

    /// <summary>With few starts of each: to see that it works, not to compare.</summary>
    public static Task<int> RunQuicklyAsync() => RunAsync(QuickRuns);

    private static async Task<int> RunAsync(int runs)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (!OperatingSystem.IsLinux())
        {
            Console.Error.WriteLine("The extensions' packages are for Linux, and so is this benchmark.");
            return 2;
        }

        // However this ends, it leaves no process, control group or folder.
        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var shares = CpuShare.TryCreateAll(Memories, out var why);
        try
        {
            using var packages = new Packages();
            using var layers = new ExtensionLayers();
            var subjects = await layers.MakeAsync(packages, Progress, stop.Token);
            await using var host = await ExtensionHost.StartAsync(layers, subjects, shares);
            var tables = new List<ExtensionTable>();
            foreach (var share in shares)
                tables.Add(await MeasureAsync(host, subjects, share, runs, stop.Token));
            Print(tables, runs, why);
            return Report(tables[^1]) ? 0 : 1;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 130;
        }
        finally
        {
            foreach (var share in shares) share.Dispose();
        }
    }

    /// <summary>All subjects in turns, so that each sees the same machine.</summary>
    private static async Task<ExtensionTable> MeasureAsync(
        ExtensionHost host, IReadOnlyList<ExtensionSubject> subjects, CpuShare share, int runs,
        CancellationToken cancellationToken)
    {
        var table = new ExtensionTable(share);
        // The first run brings what is on the disk into memory, and is not counted.
        for (var run = 0; run <= runs; run++)
        {
            Progress(run == 0 ? $"{share.MemoryMb} MB: all once" : $"{share.MemoryMb} MB: run {run} of {runs}");
            foreach (var subject in subjects)
            {
                for (var call = 0; call <= (run == 0 ? 0 : WarmCalls); call++)
                {
                    var report = await host.InvokeAsync(subject, share, cancellationToken);
                    if (report.Init is null == (call == 0))
                        throw new InvalidDataException($"{subject.Name}: call {call} was not as warm as it should be.");
                    // The first warm call runs code that no call has run before.
                    if (run > 0 && call != 1) table.Add(subject, report);
                }

                await host.RetireAsync(subject, share, cancellationToken);
            }
        }

        return table;
    }

    private static void Print(IReadOnlyList<ExtensionTable> tables, int runs, string? why)
    {
        Console.WriteLine($"{TimeProvider.System.GetUtcNow():d MMMM yyyy}, {Environment.ProcessorCount} processors, "
            + $"{RuntimeInformation.FrameworkDescription}, {runs} starts each in turns, and {WarmCalls - 1} warm calls "
            + $"after each: median (least–most). Prices of {Prices.Region}, {Prices.Date:yyyy-MM-dd}.");
        if (why is not null)
            Console.WriteLine($"\nNo control groups can be made here ({why}), so all have the whole machine.");
        if (Packages.NoNativeCode is { } reason) Console.WriteLine($"\nWithout native code: {reason}.");
        foreach (var table in tables)
        {
            var part = table.Share.MemoryMb / (double)CpuShare.MemoryOfOneCpu;
            Console.WriteLine(why is null
                ? $"\n**{table.Share.MemoryMb:N0} MB, {100 * part:0} % of a processor**\n"
                : "\n**Without a limit**\n");
            foreach (var line in table.Lines()) Console.WriteLine(line);
        }

        Console.WriteLine();
    }

    /// <summary>With a whole processor.</summary>
    private static bool Report(ExtensionTable table)
    {
        var met = true;
        foreach (var subject in table.Subjects.Where(subject => subject.MostInit is not null))
        {
            var more = table.InitOverNone(subject);
            met &= Target.Report(
                $"{subject.Name}: init {more:0.0} ms over none, at most {subject.MostInit:0}",
                more <= subject.MostInit);
            met &= Target.Report(
                $"{subject.Name}: p50 {table.Overhead(subject):0.000} ms after the answer, at most {MostOverhead}",
                table.Overhead(subject) <= MostOverhead);
        }

        return met;
    }

    private static void Progress(string doing) => Console.Error.WriteLine(doing);
}
