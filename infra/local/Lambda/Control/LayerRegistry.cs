using Isobar.Local.Lambda.Code;

namespace Isobar.Local.Lambda.Control;

/// <summary>The layers of the account. Owned by a monitor.</summary>
internal sealed class LayerRegistry
{
    // The template bounds them: a version a resource.
    private readonly Dictionary<string, List<LayerVersion>> layers = new(StringComparer.Ordinal);

    // By name; AWS never gives a number again.
    private readonly Dictionary<string, int> lastVersions = new(StringComparer.Ordinal);

    // Content that lies over content, by its parts; one for each way in which functions name layers.
    private readonly Dictionary<string, StoredCode> merged = new(StringComparer.Ordinal);

    /// <summary>The newest version of each, in the order of their names.</summary>
    public IReadOnlyList<LayerVersion> Newest() =>
        [.. layers.OrderBy(layer => layer.Key, StringComparer.Ordinal).Select(layer => layer.Value[^1])];

    /// <summary>Newest first; empty when there is no such layer.</summary>
    public IReadOnlyList<LayerVersion> Versions(string name) =>
        [.. Enumerable.Reverse(layers.GetValueOrDefault(name) ?? [])];

    /// <param name="make">Given the version's number.</param>
    public LayerVersion Publish(string name, Func<int, LayerVersion> make)
    {
        if (!layers.TryGetValue(name, out var versions)) layers[name] = versions = [];
        var version = make(lastVersions.GetValueOrDefault(name) + 1);
        lastVersions[name] = version.Version;
        versions.Add(version);
        return version;
    }

    /// <summary>Removes a version; functions that use it keep it. One that is not there is passed over.</summary>
    /// <param name="arn">With the version's number.</param>
    public void Delete(string arn)
    {
        foreach (var (name, versions) in layers)
        {
            if (versions.RemoveAll(version => version.Arn == arn) == 0) continue;
            if (versions.Count == 0) layers.Remove(name);
            return;
        }
    }

    /// <returns>Null when there is no such version.</returns>
    public LayerVersion? Find(LayerReference reference) =>
        layers.GetValueOrDefault(reference.Name)?.FirstOrDefault(version => version.Arn == reference.Arn);

    /// <summary>These layers over each other, if they were laid so before. Their content never changes.</summary>
    public StoredCode? FindMerged(IReadOnlyList<LayerVersion> parts) => merged.GetValueOrDefault(KeyOf(parts));

    public void KeepMerged(IReadOnlyList<LayerVersion> parts, StoredCode code) => merged[KeyOf(parts)] = code;

    private static string KeyOf(IReadOnlyList<LayerVersion> parts) =>
        string.Join('\n', parts.Select(part => part.Content.Directory));
}
