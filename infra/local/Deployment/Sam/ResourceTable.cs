using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Sam;

/// <summary>The resources while the transform works on them, in order.</summary>
internal sealed class ResourceTable
{
    private readonly List<ResourceEntry> resources;
    private readonly Dictionary<string, int> positions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> renamed = new(StringComparer.Ordinal);
    private readonly ErrorList errors;

    public ResourceTable(IReadOnlyList<ResourceEntry> resources, ErrorList errors)
    {
        (this.resources, this.errors) = ([.. resources], errors);
        for (var i = 0; i < resources.Count; i++) positions[resources[i].LogicalId] = i;
    }

    public IReadOnlyList<ResourceEntry> All => resources;

    /// <summary>Logical ids by the names that the template gives to what the transform generates.</summary>
    public IReadOnlyDictionary<string, string> Renamed => renamed;

    public ResourceEntry? Find(string logicalId) =>
        positions.TryGetValue(logicalId, out var position) ? resources[position] : null;

    public void Replace(ResourceEntry resource) => resources[positions[resource.LogicalId]] = resource;

    /// <summary>From now on <c>Ref: name</c> means a resource that the transform generated.</summary>
    public void Rename(string name, string logicalId) => renamed[name] = logicalId;

    /// <summary>Replaces a resource by one with another logical id, which must be free.</summary>
    public void Replace(string logicalId, ResourceEntry resource)
    {
        positions.Remove(logicalId, out var position);
        if (positions.TryAdd(resource.LogicalId, position)) resources[position] = resource;
        else AddTaken(resource);
    }

    /// <summary>Adds a generated resource. Its logical id must be free in the template, as in SAM.</summary>
    public void Add(ResourceEntry resource)
    {
        if (positions.TryAdd(resource.LogicalId, resources.Count)) resources.Add(resource);
        else AddTaken(resource);
    }

    private void AddTaken(ResourceEntry resource) => errors.Add(
        resource.Location, resource.LogicalId,
        "Transforming generates this logical id, which the template already uses");
}
