using Isobar.Catalog;
using Isobar.Domain;
using Isobar.Functions.Tests.Import;
using Isobar.Functions.Tests.Jobs;
using Isobar.Jobs;

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
        var catalog = new SharedCatalog(disorder);
        var function = new Function(
            new CatalogUpdate(catalog, new ConflictDelays(new Random(1), new ImmediateTime())),
            StationNames.Read(new MemoryStream("id,name"u8.ToArray())));
        var newest = Enumerable.Range(0, random.Next(1, 5)).ToDictionary(i => $"{i}.csv", _ => random.Next(1, 6));
        foreach (var (key, versions) in newest)
        {
            for (var version = 1; version <= versions; version++)
            {
                var message = Notices.Success(key, version);
                disorder.Send(() => HandleAsync(message));
            }
        }

        await disorder.SettleAsync();
        Assert.Equal(
            newest.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => (file.Key, $"v{file.Value}")),
            catalog.Document.Files.Select(file => (file.Key, file.VersionId)));
        return disorder.Losses;

        async Task HandleAsync(string message)
        {
            try
            {
                await function.Handle(Notices.Of(message), new Invocation());
            }
            catch (LostException)
            {
                disorder.SendOnce(() => HandleAsync(message));
            }
        }
    }

    /// <summary>One object whose tag counts its writes.</summary>
    private sealed class SharedCatalog(Disorder disorder) : ICatalogObject
    {
        private int writes;

        public CatalogDocument Document { get; private set; } = CatalogDocument.Empty;

        private string? Tag => writes == 0 ? null : $"{writes}";

        public Task<(CatalogDocument Document, string? Tag)> ReadAsync(CancellationToken cancellationToken) =>
            disorder.CallAsync(() => Task.FromResult((Document, Tag)));

        public Task<bool> TryWriteAsync(
            CatalogDocument document, string? tag, CancellationToken cancellationToken) => disorder.CallAsync(() =>
        {
            if (tag != Tag) return Task.FromResult(false);
            (Document, writes) = (document, writes + 1);
            return Task.FromResult(true);
        });
    }
}
