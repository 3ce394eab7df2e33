namespace Isobar.Local.Services.S3.Objects;

/// <summary>Which part of a bucket a listing asks for.</summary>
/// <param name="Delimiter">Empty for none.</param>
/// <param name="After">Only what comes after this key, or after this common prefix; empty for the beginning.</param>
/// <param name="AfterVersion">Within the key <paramref name="After"/>, only what comes after this version.</param>
/// <param name="Maximum">0 to 1,000 entries and common prefixes together.</param>
internal sealed record ListingQuery(string Prefix, string Delimiter, string After, string? AfterVersion, int Maximum);

/// <summary>One page of a listing.</summary>
/// <param name="Last">The key or common prefix that it ends with; the next page begins after it.</param>
internal sealed record Listing(
    IReadOnlyList<(ObjectVersion Version, bool IsLatest)> Entries, IReadOnlyList<string> CommonPrefixes,
    bool IsTruncated, string Last, string? LastVersion)
{
    /// <summary>The current objects.</summary>
    public static Listing OfObjects(BucketState bucket, ListingQuery query) =>
        Of(bucket, query, key => bucket.Current(key) is { } current ? [current] : []);

    /// <summary>All versions and delete markers, newest first within a key.</summary>
    public static Listing OfVersions(BucketState bucket, ListingQuery query) =>
        Of(bucket, query, key => bucket.Versions(key).Reverse());

    private static Listing Of(
        BucketState bucket, ListingQuery query, Func<string, IEnumerable<ObjectVersion>> versionsOf)
    {
        var page = new Page(bucket, query);
        var isTruncated = false;
        var from = KeyOrder.Instance.Compare(query.After, query.Prefix) > 0 ? query.After : query.Prefix;
        for (string? next = query.Maximum > 0 ? from : null; next is { } start;)
            (next, isTruncated) = page.Fill(start, versionsOf);
        return new Listing(page.Entries, page.CommonPrefixes, isTruncated, page.Last, page.LastVersion);
    }

    private sealed class Page(BucketState bucket, ListingQuery query)
    {
        // A marker in the midst of a common prefix stands behind all of it.
        private string listed = query.After.StartsWith(query.Prefix, StringComparison.Ordinal)
            ? CommonPrefix(query.After, query) ?? query.After
            : query.After;

        public List<(ObjectVersion, bool)> Entries { get; } = [];

        public List<string> CommonPrefixes { get; } = [];

        public string Last { get; private set; } = "";

        public string? LastVersion { get; private set; }

        /// <summary>Lists from a key on, until the end or until a common prefix is listed, the rest of which is jumped
        /// over.</summary>
        /// <returns>Where to go on, if anywhere, and whether the page is full before its end.</returns>
        public (string? Next, bool IsTruncated) Fill(string from, Func<string, IEnumerable<ObjectVersion>> versionsOf)
        {
            foreach (var key in bucket.KeysFrom(from))
            {
                if (!key.StartsWith(query.Prefix, StringComparison.Ordinal)) break;
                var common = CommonPrefix(key, query);
                if (common is not null && common == listed)
                {
                    var beyond = common + "\U0010FFFF";
                    if (KeyOrder.Instance.Compare(key, beyond) < 0) return (beyond, false);
                    continue;
                }

                foreach (var version in Pending(key, versionsOf))
                {
                    if (Entries.Count + CommonPrefixes.Count == query.Maximum) return (null, true);
                    Add(version, common);
                    if (common is not null) break;
                }
            }

            return (null, false);
        }

        private IEnumerable<ObjectVersion> Pending(string key, Func<string, IEnumerable<ObjectVersion>> versionsOf)
        {
            if (key != query.After) return versionsOf(key);
            return query.AfterVersion is null
                ? []
                : versionsOf(key).SkipWhile(version => version.VersionId != query.AfterVersion).Skip(1);
        }

        private void Add(ObjectVersion version, string? common)
        {
            if (common is null)
            {
                Entries.Add((version, version == bucket.Newest(version.Key)));
                (Last, LastVersion) = (version.Key, version.VersionId);
                return;
            }

            CommonPrefixes.Add(common);
            (Last, LastVersion, listed) = (common, null, common);
        }
    }

    private static string? CommonPrefix(string key, ListingQuery query)
    {
        if (query.Delimiter.Length == 0) return null;
        var at = key.IndexOf(query.Delimiter, query.Prefix.Length, StringComparison.Ordinal);
        return at < 0 ? null : key[..(at + query.Delimiter.Length)];
    }
}
