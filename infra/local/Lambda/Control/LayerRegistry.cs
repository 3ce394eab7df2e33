using Isobar.Local.Lambda.Code;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>The layers of the account. Owned by a monitor.</summary>
internal sealed class LayerRegistry
{
    private readonly Dictionary<string, List<LayerVersion>> layers = new(StringComparer.Ordinal);

    // A number is never given again, even when all versions have been deleted.
    private readonly Dictionary<string, int> lastVersions = new(StringComparer.Ordinal);

    // By the ARN of a version.
    private readonly Dictionary<string, ResourcePolicy> policies = new(StringComparer.Ordinal);

    // Content that lies over content, by its parts; one for each way in which functions name layers.
    private readonly Dictionary<string, StoredCode> merged = new(StringComparer.Ordinal);

    /// <summary>The newest version of each, in the order of their names.</summary>
    public IReadOnlyList<LayerVersion> Newest() =>
        [.. layers.OrderBy(layer => layer.Key, StringComparer.Ordinal).Select(layer => layer.Value[^1])];

    /// <summary>Newest first; empty when there is no such layer.</summary>
    public IReadOnlyList<LayerVersion> Versions(string name) =>
        [.. Enumerable.Reverse(layers.GetValueOrDefault(name) ?? [])];

    /// <param name="make">Given the version's number.</param>
    /// <exception cref="AwsException">ServiceException: there are too many versions.</exception>
    public LayerVersion Publish(string name, Func<int, LayerVersion> make)
    {
        if (layers.Values.Sum(versions => versions.Count) >= LambdaLimits.MaxLayerVersions)
            throw LambdaErrors.Service("This host holds no more versions of layers.");
        if (!layers.TryGetValue(name, out var existing)) layers[name] = existing = [];
        var version = make(lastVersions[name] = lastVersions.GetValueOrDefault(name) + 1);
        existing.Add(version);
        return version;
    }

    /// <returns>Null when there is no such version, or no more.</returns>
    public LayerVersion? Find(string name, int version) =>
        layers.GetValueOrDefault(name)?.Find(one => one.Version == version);

    /// <summary>Deletes a version with its policy; functions that use it keep it.</summary>
    public void Delete(string name, int version)
    {
        if (Find(name, version) is not { } found) return;
        policies.Remove(found.Arn);
        layers[name].Remove(found);
        if (layers[name].Count == 0) layers.Remove(name);
    }

    /// <summary>Who may use a version.</summary>
    public ResourcePolicy Policy(LayerVersion version)
    {
        if (!policies.TryGetValue(version.Arn, out var policy))
            policies.Add(version.Arn, policy = new ResourcePolicy());
        return policy;
    }

    /// <summary>Deletes a version with its policy; functions that use it keep it.</summary>
    /// <param name="arn">With the version's number. One that is not there is passed over.</param>
    public void Delete(string arn)
    {
        if (layers.Values.SelectMany(versions => versions).FirstOrDefault(version => version.Arn == arn) is { } found)
            Delete(found.Name, found.Version);
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
