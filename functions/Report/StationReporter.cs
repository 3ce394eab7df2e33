using Isobar.Domain;
using Isobar.Functions;
using Isobar.Stations;

namespace Isobar.Report;

/// <summary>Writes all pages of a station, as its months are at this moment.</summary>
/// <param name="backoff">Waits before the pages are tried again.</param>
public sealed class StationReporter(
    IStationData data, IJobCounts jobs, ISitePages pages, StationNames names, Backoff backoff)
{
    /// <summary>How often the pages are tried when another writer changes one of them in between.</summary>
    public const int Tries = 3;

    /// <returns>Whether the lists have the station.</returns>
    /// <exception cref="IOException">Another writer changed a page on each try.</exception>
    public async Task<bool> WriteAsync(string station, JobCountsRead counts, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            // Before the months: what somebody else writes from now on is at least as new as these months, and stays.
            var tags = await pages.TagsAsync(SitePaths.Folder(station), cancellationToken);
            var months = await data.MonthsAsync(station, cancellationToken);
            // It had months of a version that lost them before any page showed them.
            if (months.Count == 0 && tags.Count == 0) return true;
            var files = await MakeAsync(station, months, counts, cancellationToken);
            if (await TryWriteAsync(station, files, tags, cancellationToken))
                return tags.ContainsKey(SitePaths.ListedMark(station));

            if (attempt == Tries)
                throw new IOException($"Another writer changed pages of {station} on each of {Tries} tries.");
            await backoff.WaitAsync(attempt, cancellationToken);
        }
    }

    /// <summary>Notes that the lists have the station.</summary>
    public Task MarkListedAsync(string station, CancellationToken cancellationToken) =>
        pages.TryWriteAsync(new SiteFile(SitePaths.ListedMark(station), []), null, cancellationToken);

    private async Task<IReadOnlyList<SiteFile>> MakeAsync(
        string station, IReadOnlyList<ServedMonth> months, JobCountsRead counts, CancellationToken cancellationToken)
    {
        var sources = months.GroupBy(month => (month.SourceKey, month.VersionId, month.Job))
            .Select(group => new SourceFile(
                group.Key.SourceKey, group.Key.VersionId, group.Key.Job, group.Count(), null))
            .ToList();
        // The others are only counted.
        var shown = new List<SourceFile>();
        foreach (var source in Provenance.Shown(sources))
            shown.Add(source with { Counts = await counts.FindAsync(jobs, source.Job, cancellationToken) });
        return StationPages.Write(
            new Station(station, names.Of(station)), [.. months.Select(month => month.Summary)],
            [.. shown, .. sources.Except(shown.Select(source => source with { Counts = null }))]);
    }

    // The station's own page comes last. It names the versions that it shows, so of two writers with different ones the
    // second fails there and begins again. That makes good what it did to pages of decades with older months, and the
    // other one did not notice: a page that it needs as it was is not written, and a delete has no condition.
    private async Task<bool> TryWriteAsync(
        string station, IReadOnlyList<SiteFile> files, IReadOnlyDictionary<string, string> tags,
        CancellationToken cancellationToken)
    {
        foreach (var file in files.SkipLast(1))
        {
            if (!await pages.TryWriteAsync(file, tags.GetValueOrDefault(file.Path), cancellationToken)) return false;
        }

        await DeleteOthersAsync(station, files, tags, cancellationToken);
        return await pages.TryWriteAsync(files[^1], tags.GetValueOrDefault(files[^1].Path), cancellationToken);
    }

    // Decades that the station's months have left.
    private async Task DeleteOthersAsync(
        string station, IReadOnlyList<SiteFile> files, IReadOnlyDictionary<string, string> tags,
        CancellationToken cancellationToken)
    {
        var kept = files.Select(file => file.Path).Append(SitePaths.ListedMark(station)).ToHashSet();
        foreach (var path in tags.Keys.Where(path => !kept.Contains(path)))
            await pages.DeleteAsync(path, cancellationToken);
    }
}
