using Isobar.Catalog;
using Isobar.Domain;

namespace Isobar.Functions.Tests.Simulation;

/// <summary>
/// Very many files dropped at once, in AWS's limits. The catalogue's code is the application's own; the services, the
/// other functions' durations and the account's concurrency are simulated.
/// </summary>
public sealed class LoadTests
{
    private const int NewAccount = 10;
    private const int UsualAccount = 1_000;

    [Theory]
    [InlineData(NewAccount)]
    [InlineData(UsualAccount)]
    public void A_file_costs_the_same_among_a_hundred_thousand_as_among_a_thousand(int concurrency)
    {
        var (few, many) = (Land(1_000, concurrency), Land(100_000, concurrency));
        TestContext.Current.TestOutputHelper?.WriteLine($"{few}\n{many}");

        Assert.InRange(many.WritesPerFile, few.WritesPerFile / 1.2, few.WritesPerFile * 1.2);
        Assert.InRange(many.BytesPerFile, few.BytesPerFile / 1.2, few.BytesPerFile * 1.2);
        Assert.InRange(many.LargestList, 1, 64 * 1024);
        foreach (var load in (Load[])[few, many])
        {
            // A write that failed on its third try would have failed its messages, and they would be dead by now or
            // would have been written again, which the number of batches shows.
            Assert.Equal((0, 0, 0), (load.Dropped, load.Dead, load.FailedWrites));
            Assert.True(load.MostWriters <= 2, $"{load.MostWriters} writers");
        }
    }

    private static Load Land(int files, int concurrency)
    {
        var (time, random) = (new VirtualTime(), new Random(files));
        var account = new Account(concurrency, random, time);
        var costs = new CatalogCosts(time);
        var writer = new PageWriter(costs, costs, new Backoff(random, time));
        var (dead, failedWrites) = (0, 0);

        var changes = new MappedQueue<string>(account, time, Settings.Changes, async keys =>
        {
            try
            {
                var failures = await writer.WriteAsync(keys.ToHashSet(), default);
                failedWrites += failures.Count;
                return [.. keys.Where(failures.ContainsKey)];
            }
            catch (IOException)
            {
                failedWrites += keys.Count;
                throw;
            }
        });
        var recorder = new FileRecorder(costs, new Changes(time, changes.Send), Names());
        var chunks = new MappedQueue<int>(account, time, Settings.Chunks(concurrency), async batch =>
        {
            await time.DelayAsync(0.2 * batch.Count);
            return [];
        });
        var record = account.Asynchronous<CatalogFile>(async file =>
        {
            await time.DelayAsync(0.02);
            await recorder.RecordAsync([file], default);
        }, _ => dead++);
        var intake = account.Asynchronous<int>(async number =>
        {
            await time.DelayAsync(0.15);
            chunks.Send(number);
            record(File(number, time.GetUtcNow()));
        }, _ => dead++);

        time.Run(() =>
        {
            for (var number = 0; number < files; number++) intake(number);
        });

        Check(costs, files);
        return new Load(
            files, costs.Writes / (double)files, costs.Bytes / (double)files, costs.Refused, costs.LargestList,
            account.Dropped, dead + changes.Dead + chunks.Dead, failedWrites, changes.MostRunning, changes.Batches,
            (time.GetUtcNow() - Start).TotalMinutes);
    }

    private static DateTimeOffset Start { get; } = new VirtualTime().GetUtcNow();

    // Each file has a page; every twentieth is another version of a file before it, and every fiftieth is refused.
    private static CatalogFile File(int number, DateTimeOffset acceptedAt)
    {
        var (station, version) = number % 20 == 19 ? (number - 10, 2) : (number, 1);
        return new CatalogFile(
            $"csv/by_station/XIW{station:D8}.csv", JobId.From("landing", $"{station}", $"{version}"), $"v{version}",
            $"0055AED6DCD90281{version:X2}", 1, acceptedAt, number % 50 == 49 ? InputReasons.ObjectChunks : null);
    }

    private static void Check(CatalogCosts costs, int files)
    {
        Assert.Equal(files - files / 20, costs.Table.Count);
        foreach (var file in costs.Table.Values)
            Assert.Equal([file], costs.List(PageWriter.KeyOf(PageName.Of(file.Key))).Files);
        Assert.Equal(files / 20, costs.Table.Values.Count(file => file.VersionId == "v2"));
        Assert.Equal(
            FileList.Empty.With(costs.Table.Values).Files.Select(file => file.Key),
            costs.List(PageWriter.NewestKey).Files.Select(file => file.Key));
    }

    private static StationNames Names() => StationNames.Read(new MemoryStream("id,name"u8.ToArray()));

    /// <summary>As template.yaml has them.</summary>
    private static class Settings
    {
        // The default is for a new account; with another limit its owner raises it.
        public static MappingSettings Chunks(int concurrency) => new(
            BatchSize: 2, Window: 0, MaximumConcurrency: concurrency == NewAccount ? 2 : 100, VisibilityTimeout: 720,
            MaxReceives: 5);

        public static readonly MappingSettings Changes = new(
            BatchSize: 1_000, Window: 5, MaximumConcurrency: 2, VisibilityTimeout: 370, MaxReceives: 5);
    }

    private sealed class Changes(VirtualTime time, Action<string> send) : IChangesQueue
    {
        public async Task SendAsync(string key, CancellationToken cancellationToken)
        {
            await time.DelayAsync(0.01);
            send(key);
        }
    }

    private sealed record Load(
        int Files, double WritesPerFile, double BytesPerFile, int RefusedWrites, int LargestList, int Dropped, int Dead,
        int FailedWrites, int MostWriters, int Batches, double Minutes);
}
