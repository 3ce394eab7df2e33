using System.Globalization;
using System.Text.Json.Nodes;
using Amazon.S3.Model;
using Isobar.Local;
using Isobar.Local.Lineage;
using Isobar.Local.Tour;
using Isobar.Samples;

namespace Isobar.Benchmarks.Pipeline;

/// <summary>
/// The application on the local host: from the start to a deployed template, and from the put of a station's full
/// history to its finished job and to its months, beside a put and a get of the same bytes.
/// </summary>
internal static class PipelineBenchmark
{
    private const int Repeats = 9, SmallRows = 20_000;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan BetweenPolls = TimeSpan.FromMilliseconds(5);

    private const double MostSeconds = 3, MostGrowth = 1.5, MostSecondsToReady = 1;

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
        using var stage = new StageClient(clients.Stage, token: "");
        var jobs = new Jobs(host, clients);
        var stations = new StationItems(clients.DynamoDb, clients.StationsTable);
        var history = new MemoryStream();
        var planted = History.Write(history);

        var small = new MemoryStream();
        History.Write(small, SmallRows);
        await RunAsync(small);
        var (finished, readable, raw) = (new List<double>(), new List<double>(), new List<double>());
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            raw.Add(await PutAndGetAsync(clients, $"raw-{repeat}", history));
            var times = await RunAsync(history);
            finished.Add(times.Finished);
            readable.Add(times.Readable);
            if (times.Job.State != "finished" || times.Job.Rows != planted.Rows
                || times.Job.Accepted != planted.Accepted)
                throw new InvalidDataException($"Not as planted: {times.Job.State}, {times.Job.Counts}");
        }

        var (job, months, floor) = (new Spread(finished), new Spread(readable), new Spread(raw));
        var growth = new Spread(readable.Zip(finished, (late, early) => late / early));
        Console.WriteLine(
            $"{planted.Rows:N0} rows, {history.Length / 1e6:0.0} MB, s ({Repeats} repeats, warm environments)");
        Console.WriteLine($"  put, get of the bytes   {floor}");
        Console.WriteLine($"  put to finished job     {job}");
        Console.WriteLine($"  put to months readable  {months}");
        Console.WriteLine($"  finished / put, get     {job.Median / floor.Median:0.0} of the medians");
        Console.WriteLine($"  readable / finished     {growth}");
        return Target.Report($"finished: median at most {MostSeconds} s", job.Median <= MostSeconds)
            & Target.Report($"readable: median at most {MostGrowth} times as long", growth.Median <= MostGrowth);

        async Task<(double Finished, double Readable, JobRecord Job)> RunAsync(MemoryStream content)
        {
            var begun = TimeProvider.System.GetTimestamp();
            var landed = await new Landing(clients).PutAsync(
                new MemoryStream(content.ToArray()), $"csv/by_station/{History.Station}.csv", CancellationToken.None);
            var job = await PolledAsync(host, async () =>
                (await jobs.AllAsync(CancellationToken.None)).FirstOrDefault(landed.IsOf) is { IsSettled: true } settled
                    ? settled : null);
            var finished = Since(begun);
            await PolledAsync(host, async () => await stations.CurrentAsync(
                StationItems.SourceOf(clients.LandingBucket, landed.Key), CancellationToken.None)
                is { } current && current.VersionId == landed.VersionId ? current : null);
            await CheckMonthAsync(stage, landed);
            var readable = Since(begun);
            await host.Activity.WaitForQuietAsync(Bound, CancellationToken.None);
            return (finished, readable, job);
        }
    }

    // All months change at once.
    private static async Task CheckMonthAsync(StageClient stage, LandedVersion version)
    {
        var answer = await stage.GetAsync(
            $"stations/{History.Station}/months?from=1790-01&to=1790-01", CancellationToken.None);
        if (answer.Body?["months"]?.AsArray() is not [{ } month]
            || (string?)month["source"]?["versionId"] != version.VersionId)
            throw new InvalidDataException($"Not the month of version {version.VersionId}: {answer.Body}");
    }

    /// <summary>
    /// Asks a table again every few milliseconds of real time; the clock is not jumped. Asking the API would start
    /// a function each time, on the cores that are measured.
    /// </summary>
    private static async Task<T> PolledAsync<T>(LocalHost host, Func<Task<T?>> ask) where T : class
    {
        using var timer = new PeriodicTimer(BetweenPolls);
        var begun = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(begun) < Bound)
        {
            if (await ask() is { } answer) return answer;
            await timer.WaitForNextTickAsync();
        }

        throw new TimeoutException($"Not there within {Bound}.\n{host.Journal.Tail(40)}");
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
