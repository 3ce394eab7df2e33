using Isobar.Domain;
using Isobar.Functions;

namespace Isobar.Report;

/// <summary>
/// Writes the pages that list stations. A page lists the stations whose ids begin alike; where there are more than it
/// has room for, it links to pages of longer beginnings. So a station that is new changes the few pages on its way
/// only, however many stations there are, and no page grows without bound.
/// </summary>
/// <param name="backoff">Waits before a conflicting write is tried again.</param>
public sealed class StationListWriter(ISitePages pages, StationNames names, Backoff backoff)
{
    /// <summary>How often one page is tried when another writer changes it in between.</summary>
    public const int Tries = 5;

    // Sorts after every character of an id.
    private const string End = "~";

    /// <summary>Writes the list of the countries if there is none: the site links to it from its first day.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (await pages.TagAsync(SitePaths.Countries, cancellationToken) is null)
            await WriteAsync(SitePaths.Countries, CountriesAsync, cancellationToken);
    }

    /// <summary>Lists stations that have pages. It may be repeated and interrupted at any point.</summary>
    public async Task AddAsync(IReadOnlyCollection<string> stations, CancellationToken cancellationToken)
    {
        foreach (var country in stations.GroupBy(station => station[..SitePaths.CountryCharacters]))
        {
            // Before the country's own page: an attempt that is interrupted in between writes both the next time.
            if (await pages.TagAsync(SitePaths.List(country.Key), cancellationToken) is null)
                await WriteAsync(SitePaths.Countries, CountriesAsync, cancellationToken);
            await WritePartAsync(country.Key, [.. country], cancellationToken);
        }
    }

    // The pages that it links to come first, so that no link leads nowhere.
    private Task WritePartAsync(string prefix, string[] added, CancellationToken cancellationToken) => WriteAsync(
        SitePaths.List(prefix),
        async cancellation =>
        {
            var node = await ReadAsync(prefix, cancellation);
            foreach (var part in node.Parts)
            {
                var inPart = added.Where(station => station.StartsWith(part, StringComparison.Ordinal)).ToArray();
                if (inPart.Length > 0 || await pages.TagAsync(SitePaths.List(part), cancellation) is null)
                    await WritePartAsync(part, inPart, cancellation);
            }

            return StationLists.Of(node, names);
        },
        cancellationToken);

    // The tag is read before the stations: if they change after that, so has the page, or it is written once more.
    private async Task WriteAsync(
        string path, Func<CancellationToken, Task<SiteFile>> make, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var tag = await pages.TagAsync(path, cancellationToken);
            if (await pages.TryWriteAsync(await make(cancellationToken), tag, cancellationToken)) return;
            if (attempt == Tries) throw new IOException($"Another writer changed {path} on each of {Tries} tries.");
            await backoff.WaitAsync(attempt, cancellationToken);
        }
    }

    private async Task<SiteFile> CountriesAsync(CancellationToken cancellationToken) =>
        StationLists.Countries(await BeginningsAsync("", SitePaths.CountryCharacters, cancellationToken));

    private async Task<ListNode> ReadAsync(string prefix, CancellationToken cancellationToken)
    {
        var stations = await StationsAsync(prefix, null, StationLists.MaxStations + 1, cancellationToken);
        if (stations.Count <= StationLists.MaxStations) return new ListNode(prefix, stations, []);
        // Where all of them have the next character in common, the page links past it.
        IReadOnlyList<string> parts = [prefix];
        while (parts.Count == 1)
            parts = await BeginningsAsync(parts[0], parts[0].Length + 1, cancellationToken);
        return new ListNode(prefix, [], parts);
    }

    // One call for each: at most 38 where they are a character longer, the number of countries where they are empty.
    private async Task<IReadOnlyList<string>> BeginningsAsync(
        string prefix, int length, CancellationToken cancellationToken)
    {
        var beginnings = new List<string>();
        for (string? after = null; ; after = beginnings[^1] + End)
        {
            var next = await StationsAsync(prefix, after, 1, cancellationToken);
            if (next.Count == 0) return beginnings;
            beginnings.Add(next[0][..length]);
        }
    }

    // The folder of the lists is no station. Its name and the file beside it (index.html) sort after all ids: whoever
    // finds nothing else has seen all stations.
    private async Task<IReadOnlyList<string>> StationsAsync(
        string prefix, string? after, int limit, CancellationToken cancellationToken) =>
        [.. (await pages.FoldersAsync(prefix, after, limit, cancellationToken))
            .Where(folder => folder != SitePaths.ListFolder)];
}
