using System.Globalization;
using Amazon.S3.Model;
using Isobar.Local;
using Isobar.Local.Tour;
using Isobar.Samples;

namespace Isobar.Benchmarks.Pipeline;

/// <summary>
/// The application on the local host: from the start to a deployed template, and from the put of a station's full
/// history to its finished job, beside a put and a get of the same bytes.
/// </summary>
internal static class PipelineBenchmark
{
    private const int Repeats = 5, SmallRows = 20_000;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private const double MostSeconds = 3, MostSecondsToReady = 1;

    public static async Task<int> RunAsync()
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var starts = new List<double>();
        for (var start = 0; start < Repeats; start++)
        {
            var begun = TimeProvider.System.GetTimestamp();
            await using var started = await WholeStack.StartAsync();
            starts.Add(Since(begun));
        }

        var ready = new Spread(starts);
        Console.WriteLine($"start until the template is deployed, s ({Repeats} in one process; the first is cold)");
        Console.WriteLine($"  {ready}   first {starts[0],8:0.000}");
        var met = Target.Report(
            $"ready in at most {MostSecondsToReady} s, the cold start too", ready.Max <= MostSecondsToReady);
        return met & await MeasureHistoryAsync() ? 0 : 1;
    }

    private static async Task<bool> MeasureHistoryAsync()
    {
        await using var host = await WholeStack.StartAsync();
        using var clients = new StackClients(host);
        var jobs = new Jobs(host, clients);
        var history = new MemoryStream();
        var planted = History.Write(history);

        var small = new MemoryStream();
        History.Write(small, SmallRows);
        await RunAsync("warm-up", small);
        var (whole, raw) = (new List<double>(), new List<double>());
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            raw.Add(await PutAndGetAsync(clients, $"raw-{repeat}", history));
            var begun = TimeProvider.System.GetTimestamp();
            var job = await RunAsync($"history-{repeat}", history);
            whole.Add(Since(begun));
            if (job.State != "finished" || job.Rows != planted.Rows || job.Accepted != planted.Accepted)
                throw new InvalidDataException($"Not as planted: {job.State}, {job.Counts}");
        }

        var (pipeline, floor) = (new Spread(whole), new Spread(raw));
        Console.WriteLine(
            $"{planted.Rows:N0} rows, {history.Length / 1e6:0.0} MB, s ({Repeats} repeats, warm environments)");
        Console.WriteLine($"  put, get of the bytes   {floor}");
        Console.WriteLine($"  put to finished job     {pipeline}");
        Console.WriteLine($"  ratio of the medians    {pipeline.Median / floor.Median:0.0}");
        return Target.Report($"median at most {MostSeconds} s", pipeline.Median <= MostSeconds);

        async Task<JobRecord> RunAsync(string name, MemoryStream content)
        {
            var landed = await new Landing(clients).PutAsync(
                new MemoryStream(content.ToArray()), $"csv/by_station/{name}.csv", CancellationToken.None);
            return await SettledAsync(host, jobs, landed);
        }
    }

    /// <summary>Waits in real time: the clock is not jumped, or waiting would not be measured.</summary>
    private static async Task<JobRecord> SettledAsync(LocalHost host, Jobs jobs, LandedVersion landed)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(begun) < Bound)
        {
            await host.Activity.WaitForQuietAsync(Bound, CancellationToken.None);
            if ((await jobs.AllAsync(CancellationToken.None)).FirstOrDefault(landed.IsOf) is { IsSettled: true } job)
                return job;
        }

        throw new TimeoutException($"Not finished within {Bound}.\n{host.Journal.Tail(40)}");
    }

    // The data bucket: nothing is notified of what lands there.
    private static async Task<double> PutAndGetAsync(StackClients clients, string key, MemoryStream content)
    {
        var begun = TimeProvider.System.GetTimestamp();
        await clients.S3.PutObjectAsync(new PutObjectRequest
        {
            BucketName = clients.DataBucket, Key = key, InputStream = new MemoryStream(content.ToArray()),
        });
        using var answer = await clients.S3.GetObjectAsync(clients.DataBucket, key);
        await answer.ResponseStream.CopyToAsync(Stream.Null);
        return Since(begun);
    }

    private static double Since(long begun) => TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
}
