using System.Globalization;
using System.Text;
using Amazon.S3.Model;
using Isobar.Benchmarks.Pipeline;
using Isobar.Local;
using Isobar.Local.Lambda.EventSources;
using Isobar.Local.Tour;
using Isobar.Samples;

namespace Isobar.Benchmarks.Burst;

/// <summary>
/// Many small files at once, from a cold start: how fast their jobs finish, how many environments that takes, and
/// whether the API answers meanwhile.
/// </summary>
internal static class BurstBenchmark
{
    private const int Few = 100, Many = 1_000, Rows = 200, Uploads = 8, MostTries = 3;

    private const double LeastPerSecond = 20, MostGrowth = 1.3, MostSecondsToAnswer = 1;

    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    public static async Task<int> RunAsync()
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var few = await DropAsync(Few);
        var many = await DropAsync(Many);
        var growth = many.Seconds / few.Seconds / (Many / (double)Few);
        Console.WriteLine($"{Many} files took {growth:0.00} times as long for each as {Few}");
        var met = Target.Report($"at least {LeastPerSecond} files/s", Many / many.Seconds >= LeastPerSecond)
            & Target.Report($"time for each file at most {MostGrowth} times as long", growth <= MostGrowth)
            & Target.Report(
                $"99 of 100 GET /jobs within {MostSecondsToAnswer} s",
                Math.Max(few.Calls.Answered.At(0.99), many.Calls.Answered.At(0.99)) <= MostSecondsToAnswer * 1_000)
            & Target.Report("no 5xx", few.Calls.Failed + many.Calls.Failed == 0)
            & Target.Report(
                $"no write of the catalogue tried more than {MostTries} times",
                Math.Max(few.CatalogTries, many.CatalogTries) <= MostTries);
        return met ? 0 : 1;
    }

    private static async Task<(double Seconds, Calls Calls, int CatalogTries)> DropAsync(int files)
    {
        await using var host = await WholeStack.StartAsync();
        using var clients = new StackClients(host);
        using var facts = new BurstFacts(host.Journal);
        await using var callers = ApiCalls.Begin(new Uri(clients.Stage, "jobs"));
        var begun = TimeProvider.System.GetTimestamp();
        await Parallel.ForAsync(0, files, new ParallelOptions { MaxDegreeOfParallelism = Uploads },
            async (file, cancellationToken) => await PutAsync(clients, file, cancellationToken));
        var uploaded = Since(begun);
        var jobs = await FinishedAsync(host, new Jobs(host, clients), files);
        var finished = Since(begun);
        var calls = await callers.EndAsync();
        if (jobs.Any(job => job.State != "finished" || job.Rows != Rows))
            throw new InvalidDataException($"Not all as planted: {jobs.First(job => job.Rows != Rows).State}");
        await host.Activity.WaitForQuietAsync(Bound, CancellationToken.None);
        Console.WriteLine($"{files} files of {Rows} rows at once");
        Console.WriteLine($"  uploaded after {uploaded:0.0} s, jobs finished after {finished:0.0} s: "
            + $"{files / finished:0.0} files/s; the rest after {Since(begun):0.0} s");
        Console.WriteLine($"  environments started: {facts}");
        Console.WriteLine($"  GET /jobs: {calls}");
        Console.WriteLine($"  catalogue: at most {facts.MostCatalogTries} tries of one write");
        return (finished, calls, facts.MostCatalogTries);
    }

    private static async Task PutAsync(StackClients clients, int file, CancellationToken cancellationToken)
    {
        var station = string.Create(CultureInfo.InvariantCulture, $"XIB{file:00000000}");
        var content = new MemoryStream();
        History.Write(content, Rows);
        var text = Encoding.UTF8.GetString(content.ToArray())
            .Replace(History.Station, station, StringComparison.Ordinal);
        await clients.S3.PutObjectAsync(new PutObjectRequest
        {
            BucketName = clients.LandingBucket, Key = $"csv/by_station/{station}.csv",
            InputStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
        }, cancellationToken);
    }

    /// <summary>Waits in real time until there are as many settled jobs as files.</summary>
    /// <exception cref="TimeoutException">No batch ended for <see cref="Bound"/>.</exception>
    private static async Task<IReadOnlyList<JobRecord>> FinishedAsync(LocalHost host, Jobs jobs, int files)
    {
        while (true)
        {
            await host.Activity.WaitForQuietAsync(Bound, CancellationToken.None);
            var seen = host.Journal.LastSequence;
            var all = await jobs.AllAsync(CancellationToken.None);
            if (all.Count(job => job.IsSettled) == files) return all;
            await host.Journal.WaitForAsync<BatchSucceeded>(_ => true, Bound, seen);
        }
    }

    private static double Since(long begun) => TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
}
