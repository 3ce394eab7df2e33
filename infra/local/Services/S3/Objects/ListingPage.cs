namespace Isobar.Local.Services.S3.Objects;

/// <summary>Fills one page of a listing.</summary>
/// <param name="keysFrom">The keys from a given one on, in the order of <see cref="KeyOrder"/>.</param>
/// <param name="pending">What of a key comes after the marker.</param>
internal sealed class ListingPage<TEntry>(
    ListingQuery query, Func<string, IEnumerable<string>> keysFrom, Func<string, IEnumerable<TEntry>> pending)
    where TEntry : class
{
    private readonly List<TEntry> entries = [];
    private readonly List<string> commonPrefixes = [];
    private string last = "";
    private TEntry? lastEntry;

    // A marker within a common prefix stands after the whole prefix.
    private string listed = query.After.StartsWith(query.Prefix, StringComparison.Ordinal)
        ? CommonPrefix(query.After, query) ?? query.After
        : query.After;

    public Listing<TEntry> Fill()
    {
        var isTruncated = false;
        var from = KeyOrder.Instance.Compare(query.After, query.Prefix) > 0 ? query.After : query.Prefix;
        for (string? next = query.Maximum > 0 ? from : null; next is { } start;)
            (next, isTruncated) = FillFrom(start);
        return new Listing<TEntry>(entries, commonPrefixes, isTruncated, last, lastEntry);
    }

    // Lists until the end or until a common prefix is listed; then returns the first key after that prefix.
    private (string? Next, bool IsTruncated) FillFrom(string from)
    {
        foreach (var key in keysFrom(from))
        {
            if (!key.StartsWith(query.Prefix, StringComparison.Ordinal)) break;
            var common = CommonPrefix(key, query);
            if (common is not null && common == listed)
            {
                var beyond = common + "\U0010FFFF";
                if (KeyOrder.Instance.Compare(key, beyond) < 0) return (beyond, false);
                continue;
            }

            foreach (var entry in pending(key))
            {
                if (entries.Count + commonPrefixes.Count == query.Maximum) return (null, true);
                Add(key, entry, common);
                if (common is not null) break;
            }
        }

        return (null, false);
    }

    private void Add(string key, TEntry entry, string? common)
    {
        if (common is null)
        {
            entries.Add(entry);
            (last, lastEntry) = (key, entry);
            return;
        }

        commonPrefixes.Add(common);
        (last, lastEntry, listed) = (common, null, common);
    }

    private static string? CommonPrefix(string key, ListingQuery query)
    {
        if (query.Delimiter.Length == 0) return null;
        var at = key.IndexOf(query.Delimiter, query.Prefix.Length, StringComparison.Ordinal);
        return at < 0 ? null : key[..(at + query.Delimiter.Length)];
    }
}
