using Isobar.Local.Deployment.Expressions;

namespace Isobar.Local.Deployment;

/// <summary>Puts resources after what they need, otherwise in the order of the template.</summary>
internal sealed class CreationOrder
{
    private readonly IReadOnlyDictionary<string, PlannedResource> _resources;
    private readonly ErrorList _errors;
    private readonly List<PlannedResource> _ordered = [];
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private readonly List<string> _open = [];

    private CreationOrder(IReadOnlyList<PlannedResource> resources, ErrorList errors) =>
        (_resources, _errors) = (resources.ToDictionary(resource => resource.Entry.LogicalId), errors);

    /// <summary>Reports each cycle and each dependency on a resource whose condition is false.</summary>
    /// <remarks>Recursion is bounded by the number of resources (500).</remarks>
    public static IReadOnlyList<PlannedResource> Of(IReadOnlyList<PlannedResource> resources, ErrorList errors)
    {
        var order = new CreationOrder(resources, errors);
        foreach (var resource in resources) order.Visit(resource);
        return order._ordered;
    }

    private void Visit(PlannedResource resource)
    {
        var logicalId = resource.Entry.LogicalId;
        if (_done.Contains(logicalId)) return;
        if (_open.IndexOf(logicalId) is >= 0 and var start)
        {
            var cycle = _open[start..];
            var path = string.Join(" → ", [.. cycle, logicalId]);
            var message = $"Circular dependency between resources: [{string.Join(", ", cycle)}] ({path})";
            _errors.Add(resource.Entry.Location, logicalId, message);
            return;
        }

        _open.Add(logicalId);
        foreach (var dependency in resource.Dependencies) Visit(dependency, logicalId);
        _open.RemoveAt(_open.Count - 1);
        _done.Add(logicalId);
        _ordered.Add(resource);
    }

    private void Visit(Dependency dependency, string dependent)
    {
        if (_resources.TryGetValue(dependency.LogicalId, out var needed))
        {
            Visit(needed);
            return;
        }

        _errors.Add(dependency.Location, dependent, NameCheck.Unresolved(dependency.LogicalId, "Resources"));
    }
}
