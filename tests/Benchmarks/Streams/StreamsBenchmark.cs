using System.Diagnostics;
using System.Globalization;

namespace Isobar.Benchmarks.Streams;

/// <summary>
/// 100,000 records of a table's stream and 100,000 of Kinesis, drained in order by key through a mapping, beside a bare
/// reader of the same records: a client that calls GetRecords, one shard after the other.
/// </summary>
internal static class StreamsBenchmark
{
    private const int Records = 100_000, WarmUp = 2_000;

    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    public static async Task<int> RunAsync()
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var met = true;
        foreach (var source in StreamRecords.All)
        {
            // Both ways are compiled by a run before, on a host of its own.
            await MeasureAsync(source, WarmUp);
            met &= Report(source, await MeasureAsync(source, Records));
        }

        return met ? 0 : 1;
    }

    private static async Task<(TimeSpan Bare, TimeSpan Mapped, int Read, int Batches)> MeasureAsync(
        StreamRecords source, int records)
    {
        await using var host = await StreamHost.StartAsync();
        await source.WriteAsync(host, records);
        var bare = Stopwatch.StartNew();
        var read = await source.ReadAsync(host);
        bare.Stop();
        var counter = host.Count(source.Function, records);
        var mapped = Stopwatch.StartNew();
        await host.EnableAsync(source.Function);
        await counter.Done.WaitAsync(Bound);
        return (bare.Elapsed, mapped.Elapsed, read, counter.Batches);
    }

    private static bool Report(StreamRecords source, (TimeSpan Bare, TimeSpan Mapped, int Read, int Batches) measured)
    {
        Console.WriteLine($"{source.Name}: {Records:N0} records, in order by key");
        Console.WriteLine($"  bare reader     {Records / measured.Bare.TotalSeconds,10:N0} records/s");
        Console.WriteLine($"  mapping         {Records / measured.Mapped.TotalSeconds,10:N0} records/s, "
            + $"{measured.Batches} batches, starts of environments among them");
        Console.WriteLine($"  mapping / bare  {measured.Bare / measured.Mapped,10:0.00}");
        return Target.Report($"the bare reader read {measured.Read:N0} records", measured.Read == Records);
    }
}
