using Isobar.Domain;
using Isobar.Stations;

namespace Isobar.Functions.Tests.Simulation.Months;

/// <summary>What readers see at every instant of a run, and what is in the table at its end.</summary>
internal sealed class MonthsInvariants(MonthsWorld world, IReadOnlyList<VersionOfMonths> versions, Random random)
{
    private readonly string[] sources = [.. versions.Select(version => version.Version.Source).Distinct()];

    // Which versions were current, one of each source or null, from which step on.
    private readonly List<(int Since, VersionOfMonths?[] Versions)> history = [(0, [])];

    /// <summary>Counts steps.</summary>
    public int Now { get; private set; }

    private VersionOfMonths?[] Current => history[^1].Versions;

    /// <summary>Whether there is a newer version of the same file.</summary>
    public bool IsOver(ObjectVersion version) => versions.Any(other => other.Version.Object.Key == version.Key
        && string.CompareOrdinal(other.Version.Object.Sequencer, version.Sequencer) > 0);

    public string AnyStation() => $"XIW0000000{random.Next(4)}";

    public async Task CheckStepAsync(string step)
    {
        Now++;
        if (step == "make current") await ReadCurrentAsync();
        if (step is "make current" or "put years" or "expire years" or "remove version" or "remove source"
            or "add source")
        {
            var station = AnyStation();
            var months = await world.Reader.MonthsAsync(station, null, null, default);
            Assert.Equal(Serve(Current, station), months.Select(Served.Of));
        }
    }

    /// <summary>What a reader saw between two steps: the months of versions that were current then.</summary>
    /// <param name="since">When it began.</param>
    public void CheckRead(string station, IReadOnlyList<ServedMonth> months, int since)
    {
        var seen = months.Select(Served.Of).ToList();
        var first = history.FindLastIndex(entry => entry.Since <= since);
        // Each source on its own may have changed before or after the reader looked at it.
        var choices = sources.Select((_, source) =>
            history[first..].Select(entry => entry.Versions.ElementAtOrDefault(source)).Distinct().ToList());
        Assert.Contains(Combine(choices), current => Serve(current, station).SequenceEqual(seen));
    }

    public async Task CheckEndAsync(Coverage coverage)
    {
        await ReadCurrentAsync();
        var newest = versions.GroupBy(version => version.Version.Source)
            .Select(group => group.MaxBy(version => version.Version.Order, StringComparer.Ordinal)!).ToList();
        Assert.Equal(newest.Select(version => version.Version), Current.Select(version => version?.Version));
        var stations = versions.SelectMany(version => version.Stations).Distinct().Order().ToList();
        foreach (var station in stations)
            Assert.Equal(
                Serve(Current, station),
                (await world.Reader.MonthsAsync(station, null, null, default)).Select(Served.Of));
        await CheckReportsAsync(newest);
        if (history.Count > sources.Length + 1) coverage.Saw("replaced");

        Assert.Equal(
            newest.SelectMany(version => version.Stations).Distinct().Order(),
            (await world.List.PageAsync("XI", null, default)).Stations);
        Assert.All(
            world.Data.Objects.Keys.Where(key => key.StartsWith("months/", StringComparison.Ordinal)),
            key => Assert.Contains(key.Split('/')[1], newest.Select(version => version.Version.Job)));
        var names = newest.Select(version => $"{version.Version.Source}#{version.Version.Order}").ToList();
        foreach (var item in await world.ItemsAsync())
        {
            if (item["item"].S.StartsWith("version#", StringComparison.Ordinal))
                Assert.Contains(item["job"].S, newest.Select(version => version.Version.Job));
            if (!item["item"].S.StartsWith("year#", StringComparison.Ordinal)) continue;
            var isCurrent = names.Exists(name => item["item"].S.EndsWith(name, StringComparison.Ordinal));
            Assert.True(
                isCurrent != item.ContainsKey("expiresAt"),
                $"{item["station"].S} {item["item"].S}: current {isCurrent}, expires {!isCurrent}");
            if (!isCurrent) coverage.Saw("expires");
        }
    }

    private async Task ReadCurrentAsync()
    {
        var current = new VersionOfMonths?[sources.Length];
        for (var source = 0; source < sources.Length; source++)
        {
            var found = await world.Currents.FindAsync(sources[source], default);
            current[source] = versions.SingleOrDefault(version => version.Version == found?.Version);
            var before = Current.ElementAtOrDefault(source);
            Assert.True(
                before is null || string.CompareOrdinal(before.Version.Order, current[source]?.Version.Order) <= 0,
                "An older version came back.");
        }

        if (!current.SequenceEqual(Current)) history.Add((Now, current));
    }

    // A page is asked for at every version that may have changed it, and not forgotten.
    private async Task CheckReportsAsync(IReadOnlyList<VersionOfMonths> newest)
    {
        var items = await world.ItemsAsync();
        var orders = items.Where(item => item["station"].S == "report").Select(item => item["item"].S.Split('#'))
            .ToLookup(parts => $"{parts[0]}#{parts[1]}", parts => parts[2]);
        foreach (var version in newest)
        {
            foreach (var station in version.Stations)
                Assert.Contains(version.Version.Order, orders[$"{station}#{version.Version.Source}"]);
        }

        foreach (var old in history.SelectMany(entry => entry.Versions).OfType<VersionOfMonths>().Distinct())
        {
            var last = newest.Single(version => version.Version.Source == old.Version.Source);
            foreach (var station in old.Stations.Except(last.Stations))
                Assert.True(
                    orders[$"{station}#{old.Version.Source}"]
                        .Any(order => string.CompareOrdinal(order, old.Version.Order) > 0),
                    $"The page of {station} is not written again without what {old.Version.Object.VersionId} had.");
        }
    }

    private static IReadOnlyList<Served> Serve(IEnumerable<VersionOfMonths?> current, string station) =>
        VersionOfMonths.Serve(current.OfType<VersionOfMonths>(), station);

    private static IEnumerable<IEnumerable<VersionOfMonths?>> Combine(IEnumerable<List<VersionOfMonths?>> choices) =>
        choices.Aggregate(
            (IEnumerable<IEnumerable<VersionOfMonths?>>)[[]],
            (combined, choice) => combined.SelectMany(
                chosen => choice, (chosen, version) => chosen.Append(version)));
}
