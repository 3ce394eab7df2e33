using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Sam;

/// <summary>The resources while the transform works on them, in order.</summary>
internal sealed class ResourceTable
{
    private readonly List<ResourceEntry> _resources;
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);
    private readonly ErrorList _errors;

    public ResourceTable(IReadOnlyList<ResourceEntry> resources, ErrorList errors)
    {
        (_resources, _errors) = ([.. resources], errors);
        for (var i = 0; i < resources.Count; i++) _positions[resources[i].LogicalId] = i;
    }

    public IReadOnlyList<ResourceEntry> All => _resources;

    public ResourceEntry? Find(string logicalId) =>
        _positions.TryGetValue(logicalId, out var position) ? _resources[position] : null;

    public void Replace(ResourceEntry resource) => _resources[_positions[resource.LogicalId]] = resource;

    /// <summary>Adds a generated resource. Its logical id must be free in the template, as in SAM.</summary>
    public void Add(ResourceEntry resource)
    {
        if (_positions.TryAdd(resource.LogicalId, _resources.Count)) _resources.Add(resource);
        else
        {
            var message = "Transforming generates this logical id, which the template already uses";
            _errors.Add(resource.Location, resource.LogicalId, message);
        }
    }
}
