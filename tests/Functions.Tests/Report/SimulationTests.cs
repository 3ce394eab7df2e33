using Isobar.Domain;
using Isobar.Functions.Tests.Import;
using Isobar.Report;
using Isobar.Stations;

namespace Isobar.Functions.Tests.Report;

/// <summary>To look into a failure, run its seed alone.</summary>
public sealed class SimulationTests
{
    private const int Runs = 100;

    private static readonly StationNames Names = StationNames.Read(new MemoryStream("id,name\n"u8.ToArray()));

    [Fact]
    public async Task Every_page_ends_as_the_newest_months_have_it_whatever_is_lost_repeated_or_changes_meanwhile()
    {
        var (losses, again, conflicts, seeds) = (0, 0, 0, Seeds.UpTo(Runs));
        foreach (var seed in seeds)
        {
            try
            {
                var run = await RunAsync(new Random(seed));
                (losses, again, conflicts) =
                    (losses + run.Losses, again + run.Again, conflicts + run.Conflicts);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"ISOBAR_SEED={seed}: {e.Message}", e);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{losses} calls lost, {again} stations made again, {conflicts} writes refused");
        if (seeds.Count > 1)
            Assert.True(losses > seeds.Count && again > seeds.Count && conflicts > 10, "Too little happened.");
    }

    private static async Task<(int Losses, int Again, int Conflicts)> RunAsync(Random random)
    {
        var disorder = new Disorder(random);
        var (stations, site) = (new StationsInMemory(disorder), new SiteInMemory(disorder));
        var backoff = new Backoff(new Random(1), new ImmediateTime());
        var reporter = new Reporter(
            stations, new StationReporter(stations, stations, site, Names, backoff),
            new StationListWriter(site, Names, backoff));
        string[] ids = [.. Enumerable.Range(0, random.Next(1, 6)).Select(number => $"XI{number % 2}{number:D8}")];
        var made = 0;
        stations.OnRead = _ => made++;
        foreach (var id in ids)
        {
            for (var version = 1; version <= random.Next(1, 4); version++)
            {
                var order = version;
                disorder.SendOnce(() =>
                {
                    Advance(stations, id, order, random);
                    return Task.CompletedTask;
                });
            }
        }

        // The schedule: as often as it takes, and sometimes two at a time.
        for (var tick = 0; tick < 4; tick++)
            disorder.Send(() => TryWriteAsync(reporter));
        await disorder.SettleAsync();
        disorder.IsCalm = true;
        await reporter.WriteAsync(100, default);

        Assert.Empty(stations.Requests);
        foreach (var id in ids) AssertPages(stations, site, id);
        var listed = site.Pages.Where(page => page.Key.StartsWith("stations/list/", StringComparison.Ordinal))
            .SelectMany(page => PageReading.Read(new SiteFile(page.Key, page.Value)).Links())
            .Where(link => link.EndsWith("/index.html", StringComparison.Ordinal) && link.Length > 25);
        Assert.Equal(ids.Select(id => $"/{SitePaths.Station(id)}").Order(), listed.Order());
        return (disorder.Losses, made - ids.Length, site.Conflicts);
    }

    // Versions come in any order; a greater one stays. The request is there before the version is shown.
    private static void Advance(StationsInMemory stations, string id, int version, Random random)
    {
        var known = stations.MonthsOf(id).Select(month => month.VersionId).FirstOrDefault() ?? "v0";
        if (string.CompareOrdinal($"v{version}", known) <= 0) return;
        stations.Ask(id, version);
        stations.Show(id,
        [
            .. new[] { "1994-01", "2004-01", "2024-01" }.Skip(random.Next(3)).Select(month => Months.Served(
                Months.Of(month, maximum: random.Next(-300, 300) / 10m) with { Station = id }, version: $"v{version}")),
        ]);
    }

    private static async Task TryWriteAsync(Reporter reporter)
    {
        try
        {
            await reporter.WriteAsync(100, default);
        }
        catch (Exception e) when (e is LostException or AggregateException or IOException)
        {
            // The next time comes by the schedule.
        }
    }

    private static void AssertPages(StationsInMemory stations, SiteInMemory site, string id)
    {
        var months = stations.MonthsOf(id);
        var source = months.GroupBy(month => month.VersionId).Select(group => new SourceFile(
            group.First().SourceKey, group.Key, group.First().Job, group.Count(), new JobCounts(90, 1, 2, 3)));
        var expected = StationPages.Write(
            new Station(id, null), [.. months.Select(month => month.Summary)], [.. source]);
        var folder = site.Pages.Where(page => page.Key.StartsWith(SitePaths.Folder(id), StringComparison.Ordinal))
            .Where(page => page.Key != SitePaths.ListedMark(id)).ToArray();
        Assert.Equal(expected.Select(page => page.Path).Order(StringComparer.Ordinal), folder.Select(page => page.Key));
        Assert.All(expected, page => Assert.Equal(page.Content, site.Pages[page.Path]));
    }
}
