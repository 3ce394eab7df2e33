using System.Globalization;
using System.Runtime.InteropServices;

namespace Isobar.Benchmarks.ColdStarts;

/// <summary>
/// Cold starts of the authorizer and of a route that reads, compiled and started in four ways, with the share of the
/// processor that functions of three sizes have.
/// </summary>
internal static class ColdBenchmark
{
    private const int Runs = 5;
    private const double MostRatio = 1.05;

    private static readonly int[] Memories = [128, 512, CpuShare.MemoryOfOneCpu];

    public static async Task<int> RunAsync()
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (!OperatingSystem.IsLinux())
        {
            Console.Error.WriteLine("The functions' packages are for Linux, and so is this benchmark.");
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
        using var packages = new Packages();
        var subjects = await ColdSubjects.MakeAsync(
            packages, part => Console.Error.WriteLine($"making {part}"), cancellationToken);
        var shares = CpuShare.TryCreateAll(Memories, out var why);
        try
        {
            // What is on the disk is in memory from now on, for all alike.
            foreach (var subject in subjects) await ColdStart.MeasureAsync(subject, shares[^1], cancellationToken);
            var tables = new List<ColdTable>();
            foreach (var share in shares) tables.Add(await MeasureAsync(subjects, share, cancellationToken));
            Print(tables, why);
            return Report(tables, subjects) ? 0 : 1;
        }
        finally
        {
            foreach (var share in shares) share.Dispose();
        }
    }

    /// <summary>All subjects in turns, so that each sees the same machine.</summary>
    private static async Task<ColdTable> MeasureAsync(
        IReadOnlyList<ColdSubject> subjects, CpuShare share, CancellationToken cancellationToken)
    {
        var table = new ColdTable(share.MemoryMb, subjects[0]);
        for (var run = 1; run <= Runs; run++)
        {
            Console.Error.WriteLine($"{share.MemoryMb} MB: run {run} of {Runs}");
            foreach (var subject in subjects)
                table.Add(subject, await ColdStart.MeasureAsync(subject, share, cancellationToken));
        }

        return table;
    }

    private static void Print(IReadOnlyList<ColdTable> tables, string? why)
    {
        Console.WriteLine($"{TimeProvider.System.GetUtcNow():d MMMM yyyy}, {Environment.ProcessorCount} processors, "
            + $"{RuntimeInformation.FrameworkDescription}, {Runs} starts each in turns: median (least–most)");
        if (why is not null)
            Console.WriteLine($"\nNo control groups can be made here ({why}), so all have the whole machine.");
        if (Packages.NoNativeCode is { } reason) Console.WriteLine($"\nWithout Native AOT: {reason}.");
        foreach (var table in tables)
        {
            var part = table.MemoryMb / (double)CpuShare.MemoryOfOneCpu;
            Console.WriteLine(why is null
                ? $"\n**{table.MemoryMb:N0} MB, {100 * part:0} % of a processor**\n"
                : "\n**Without a limit**\n");
            foreach (var line in table.Lines()) Console.WriteLine(line);
        }

        Console.WriteLine();
    }

    /// <summary>What <c>sam build</c> does by default must not be the slower way, but for noise.</summary>
    private static bool Report(IReadOnlyList<ColdTable> tables, IReadOnlyList<ColdSubject> subjects)
    {
        var met = true;
        foreach (var table in tables)
        {
            foreach (var jit in subjects.Where(subject => subject.Way == ColdSubjects.Jit).Skip(1))
            {
                var compiled = subjects.Single(
                    subject => subject.Name == jit.Name && subject.Way == ColdSubjects.ReadyToRun);
                var ratio = table.Wait(compiled).Median / table.Wait(jit).Median;
                met &= Target.Report(
                    $"{jit.Name} at {table.MemoryMb} MB: ReadyToRun / JIT {ratio:0.00}, at most {MostRatio}",
                    ratio <= MostRatio);
            }
        }

        return met;
    }
}
