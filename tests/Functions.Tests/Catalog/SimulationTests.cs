using Isobar.Catalog;
using Isobar.Domain;
using Isobar.Functions.Tests.Import;

namespace Isobar.Functions.Tests.Catalog;

/// <summary>To look into a failure, run its seed alone.</summary>
public sealed class SimulationTests
{
    private const int Runs = 300;

    [Fact]
    public async Task The_catalogue_ends_with_the_newest_version_of_each_file_in_whatever_order_it_heard_of_them()
    {
        var (losses, seeds) = (0, Seeds.UpTo(Runs));
        foreach (var seed in seeds)
        {
            try
            {
                losses += await RunAsync(new Random(seed));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"ISOBAR_SEED={seed}: {e.Message}", e);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{losses} calls lost");
        if (seeds.Count > 1) Assert.True(losses > seeds.Count, "Too few losses.");
    }

    private static async Task<int> RunAsync(Random random)
    {
        var disorder = new Disorder(random);
        var stores = new DisorderlyStores(disorder);
        var recorder = new FileRecorder(
            stores, stores, StationNames.Read(new MemoryStream("id,name"u8.ToArray())));
        var writer = new PageWriter(stores, stores, new Backoff(new Random(1), new ImmediateTime()));
        // Keys with the same last part share a page.
        var newest = Enumerable.Range(0, random.Next(1, 5))
            .ToDictionary(i => $"{i}/{i % 2}.csv", _ => random.Next(1, 6));
        foreach (var (key, versions) in newest)
        {
            for (var version = 1; version <= versions; version++)
            {
                var files = Acceptance.Read(Notices.Success(key, version));
                disorder.Send(() => RepeatAsync(disorder, () => recorder.RecordAsync(files, default)));
            }
        }

        stores.OnChange = key => disorder.Send(() => RepeatAsync(disorder, async () =>
        {
            var failures = await writer.WriteAsync([key], default);
            if (failures.Count > 0) throw failures.Values.First();
        }));
        await disorder.SettleAsync();

        var expected = newest.Select(file => (file.Key, $"v{file.Value}")).Order().ToList();
        Assert.Equal(expected, stores.Listed(PageWriter.NewestKey).Order());
        Assert.Equal(expected, stores.Pages.SelectMany(stores.Listed).Order());
        return disorder.Losses;
    }

    // As the event source mapping and Lambda's queue do: what failed comes again.
    private static async Task RepeatAsync(Disorder disorder, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is LostException or IOException)
        {
            disorder.SendOnce(() => RepeatAsync(disorder, work));
        }
    }

    /// <summary>Table, queue and site bucket, each of whose calls may be lost.</summary>
    private sealed class DisorderlyStores(Disorder disorder) : ICatalogTable, IChangesQueue, ISiteLists
    {
        private readonly Dictionary<string, CatalogFile> table = [];
        private readonly Dictionary<string, (FileList List, int Tag)> lists = [];

        public Action<string> OnChange { get; set; } = _ => { };

        public IEnumerable<string> Pages => lists.Keys.Where(key => key != PageWriter.NewestKey);

        public IEnumerable<(string Key, string VersionId)> Listed(string list) =>
            lists[list].List.Files.Select(file => (file.Key, file.VersionId));

        public Task<bool> PutAsync(CatalogFile file, CancellationToken cancellationToken) => disorder.CallAsync(() =>
        {
            var order = table.TryGetValue(file.Key, out var known)
                ? Sequencer.Compare(file.Sequencer, known.Sequencer)
                : 1;
            if (order > 0) table[file.Key] = file;
            return Task.FromResult(order >= 0);
        });

        public Task<IReadOnlyList<CatalogFile>> ReadAsync(
            IReadOnlyCollection<string> keys, CancellationToken cancellationToken) => disorder.CallAsync(
            () => Task.FromResult<IReadOnlyList<CatalogFile>>([.. keys.Select(key => table[key])]));

        public Task SendAsync(string key, CancellationToken cancellationToken) => disorder.CallAsync(() =>
        {
            OnChange(key);
            return Task.FromResult(true);
        });

        public Task<(FileList List, string? Tag)> ReadAsync(string objectKey, CancellationToken cancellationToken) =>
            disorder.CallAsync(() => Task.FromResult<(FileList, string?)>(
                lists.TryGetValue(objectKey, out var found) ? (found.List, $"{found.Tag}") : (FileList.Empty, null)));

        public Task<bool> TryWriteAsync(
            string objectKey, FileList list, string? tag, CancellationToken cancellationToken) =>
            disorder.CallAsync(() =>
            {
                var found = lists.TryGetValue(objectKey, out var known) ? $"{known.Tag}" : null;
                if (found != tag) return Task.FromResult(false);
                lists[objectKey] = (list, known.Tag + 1);
                return Task.FromResult(true);
            });
    }
}
