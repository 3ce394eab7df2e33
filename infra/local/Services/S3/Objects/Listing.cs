namespace Isobar.Local.Services.S3.Objects;

/// <summary>Which part of a bucket a listing asks for.</summary>
/// <param name="Delimiter">Empty for none.</param>
/// <param name="After">Only what comes after this key, or after this common prefix; empty for the beginning. It is a
/// place in the order: nothing needs to be there.</param>
/// <param name="AfterId">Within the key <paramref name="After"/>, only what comes after this version or upload, which
/// may be gone; null to leave the whole key out.</param>
/// <param name="Maximum">0 to 1,000 entries and common prefixes together.</param>
internal sealed record ListingQuery(string Prefix, string Delimiter, string After, string? AfterId, int Maximum);

/// <summary>A version in a listing.</summary>
internal sealed record ListedVersion(ObjectVersion Version, bool IsLatest);

/// <summary>One page of a listing.</summary>
/// <param name="Last">The key or common prefix that it ends with; the next page begins after it.</param>
/// <param name="LastEntry">The entry that it ends with; null when it ends with a common prefix.</param>
internal sealed record Listing<TEntry>(
    IReadOnlyList<TEntry> Entries, IReadOnlyList<string> CommonPrefixes, bool IsTruncated, string Last,
    TEntry? LastEntry)
    where TEntry : class;

/// <summary>The three listings of a bucket's contents.</summary>
internal static class Listing
{
    /// <summary>The current objects.</summary>
    public static Listing<ListedVersion> OfObjects(BucketState bucket, ListingQuery query)
    {
        return new ListingPage<ListedVersion>(query, bucket.KeysFrom, Current).Fill();

        IEnumerable<ListedVersion> Current(string key) =>
            key != query.After && bucket.Current(key) is { } current ? [new ListedVersion(current, true)] : [];
    }

    /// <summary>All versions and delete markers, newest first within a key.</summary>
    /// <exception cref="Wire.AwsException">InvalidArgument: the marker is no version id.</exception>
    public static Listing<ListedVersion> OfVersions(BucketState bucket, IssuedIds ids, ListingQuery query)
    {
        var marker = query.AfterId is { } id ? bucket.PositionOf(query.After, id, ids) : null;
        return new ListingPage<ListedVersion>(query, bucket.KeysFrom, Pending).Fill();

        IEnumerable<ListedVersion> Pending(string key)
        {
            if (key == query.After && query.AfterId is null) return [];
            var newest = bucket.Newest(key);
            var versions = bucket.Versions(key).Reverse();
            if (key == query.After && marker is not null)
                versions = versions.Where(version => string.CompareOrdinal(version.Sequencer, marker) < 0);
            return versions.Select(version => new ListedVersion(version, version == newest));
        }
    }

    /// <summary>The multipart uploads under way, by key and then by the time they began.</summary>
    public static Listing<MultipartUpload> OfUploads(BucketState bucket, ListingQuery query)
    {
        var uploads = bucket.Uploads.Values.ToLookup(upload => upload.Key, StringComparer.Ordinal);
        return new ListingPage<MultipartUpload>(query, KeysFrom, Pending).Fill();

        IEnumerable<string> KeysFrom(string start) => uploads.Select(group => group.Key)
            .Where(key => KeyOrder.Instance.Compare(key, start) >= 0).Order(KeyOrder.Instance);

        IEnumerable<MultipartUpload> Pending(string key)
        {
            if (key == query.After && query.AfterId is null) return [];
            var inOrder = uploads[key].OrderBy(upload => upload.Id, StringComparer.Ordinal);
            return key == query.After
                ? inOrder.Where(upload => string.CompareOrdinal(upload.Id, query.AfterId) > 0)
                : inOrder;
        }
    }
}
