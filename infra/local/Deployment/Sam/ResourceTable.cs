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

    /// <summary>The resources, with references to what the transform named in the name that it gave.</summary>
    public IReadOnlyList<ResourceEntry> All => renamed.Count == 0
        ? resources
        : [.. resources.Select(resource => resource with { Properties = (TemplateMapping)Renamed(resource.Properties) })];

    public ResourceEntry? Find(string logicalId) =>
        positions.TryGetValue(logicalId, out var position) ? resources[position] : null;

    public void Replace(ResourceEntry resource) => resources[positions[resource.LogicalId]] = resource;

    /// <summary>From now on <c>Ref: name</c> means a resource that the transform generated.</summary>
    public void Rename(string name, string logicalId) => renamed[name] = logicalId;

    /// <summary>Adds a generated resource. Its logical id must be free in the template, as in SAM.</summary>
    public void Add(ResourceEntry resource)
    {
        if (positions.TryAdd(resource.LogicalId, resources.Count)) resources.Add(resource);
        else
        {
            var message = "Transforming generates this logical id, which the template already uses";
            errors.Add(resource.Location, resource.LogicalId, message);
        }
    }

    private TemplateNode Renamed(TemplateNode node) => node switch
    {
        TemplateMapping { Entries: [{ Key: "Ref", Value: TemplateScalar name } entry] } reference
            when renamed.TryGetValue(name.Text, out var logicalId) =>
            reference with { Entries = [entry with { Value = name with { Text = logicalId } }] },
        TemplateMapping map => map with
        {
            Entries = [.. map.Entries.Select(entry => entry with { Value = Renamed(entry.Value) })],
        },
        TemplateSequence list => list with { Items = [.. list.Items.Select(Renamed)] },
        _ => node,
    };
}
