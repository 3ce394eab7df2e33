using Isobar.Local.Services.S3.Notifications;

namespace Isobar.Local.Services.S3.Objects;

/// <summary>Whether a bucket keeps earlier versions.</summary>
internal enum Versioning
{
    /// <summary>Never was enabled.</summary>
    Off,
    Enabled,
    Suspended,
}

/// <summary>One bucket; part of S3's state.</summary>
internal sealed class BucketState(string name, string region, DateTimeOffset created)
{
    private readonly SortedSet<string> order = new(KeyOrder.Instance);
    private readonly Dictionary<string, List<ObjectVersion>> versions = new(StringComparer.Ordinal);

    // By key, for keys that still have versions: the position of the null version that was removed last. Other
    // version ids contain their position.
    private readonly Dictionary<string, string> removedNulls = new(StringComparer.Ordinal);

    public string Name { get; } = name;

    /// <summary>The home Region.</summary>
    public string Region { get; } = region;

    public DateTimeOffset Created { get; } = created;

    public Versioning Versioning { get; set; }

    public NotificationConfiguration Notifications { get; set; } = NotificationConfiguration.None;

    /// <summary>By upload id.</summary>
    public Dictionary<string, MultipartUpload> Uploads { get; } = new(StringComparer.Ordinal);

    public bool IsEmpty => order.Count == 0;

    /// <summary>The versions of a key, delete markers included, oldest first.</summary>
    public IReadOnlyList<ObjectVersion> Versions(string key) => versions.GetValueOrDefault(key) ?? [];

    /// <summary>The newest version or delete marker of a key; null when there is neither.</summary>
    public ObjectVersion? Newest(string key) => Versions(key) is [.., var newest] ? newest : null;

    /// <summary>The current object; null when there is none or it is deleted.</summary>
    public ObjectVersion? Current(string key) => Newest(key) is { IsDeleteMarker: false } newest ? newest : null;

    public ObjectVersion? Version(string key, string versionId) =>
        Versions(key).FirstOrDefault(version => version.VersionId == versionId);

    /// <summary>The position of a version among the versions of its key, even if the version is gone.</summary>
    /// <returns>Null when it is not known, because the key never had a null version: a listing then shows all
    /// versions of the key.</returns>
    /// <exception cref="Wire.AwsException">InvalidArgument: the id is none that S3 makes.</exception>
    public string? PositionOf(string key, string versionId, IssuedIds ids)
    {
        if (Version(key, versionId) is { } version) return version.Sequencer;
        if (versionId == ObjectVersion.NullId) return removedNulls.GetValueOrDefault(key);
        return ids.PositionOf(versionId) ?? throw S3Errors.InvalidVersionId(versionId);
    }

    /// <summary>The keys from a given one on, in the order of listings.</summary>
    public IEnumerable<string> KeysFrom(string start) =>
        order.Max is { } last && KeyOrder.Instance.Compare(start, last) <= 0 ? order.GetViewBetween(start, last) : [];

    /// <summary>Makes a version the newest of its key, in place of an earlier one with the same id.</summary>
    /// <returns>The version that it replaced, if any.</returns>
    public ObjectVersion? Add(ObjectVersion version)
    {
        var replaced = version.VersionId == ObjectVersion.NullId ? Remove(version.Key, version.VersionId) : null;
        if (!versions.TryGetValue(version.Key, out var history))
        {
            versions[version.Key] = history = [];
            order.Add(version.Key);
        }

        history.Add(version);
        return replaced;
    }

    /// <summary>Removes a version for good.</summary>
    /// <returns>The removed version; null when there was none.</returns>
    public ObjectVersion? Remove(string key, string versionId)
    {
        if (!versions.TryGetValue(key, out var history)) return null;
        var index = history.FindIndex(version => version.VersionId == versionId);
        if (index < 0) return null;
        var removed = history[index];
        history.RemoveAt(index);
        if (history.Count > 0)
        {
            if (versionId == ObjectVersion.NullId) removedNulls[key] = removed.Sequencer;
            return removed;
        }

        removedNulls.Remove(key);
        versions.Remove(key);
        order.Remove(key);
        return removed;
    }
}
