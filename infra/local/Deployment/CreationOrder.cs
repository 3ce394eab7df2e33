using Isobar.Local.Deployment.Expressions;

namespace Isobar.Local.Deployment;

/// <summary>Puts resources after what they need, otherwise in the order of the template.</summary>
internal sealed class CreationOrder
{
    private readonly IReadOnlyDictionary<string, PlannedResource> resources;
    private readonly ErrorList errors;
    private readonly List<PlannedResource> ordered = [];
    private readonly HashSet<string> done = new(StringComparer.Ordinal);
    private readonly List<string> open = [];

    private CreationOrder(IReadOnlyList<PlannedResource> resources, ErrorList errors) =>
        (this.resources, this.errors) = (resources.ToDictionary(resource => resource.Entry.LogicalId), errors);

    /// <summary>Reports each cycle and each dependency on a resource whose condition is false.</summary>
    /// <remarks>Recursion is bounded by the number of resources (500).</remarks>
    public static IReadOnlyList<PlannedResource> Of(IReadOnlyList<PlannedResource> resources, ErrorList errors)
    {
        var order = new CreationOrder(resources, errors);
        foreach (var resource in resources) order.Visit(resource);
        return order.ordered;
    }

    private void Visit(PlannedResource resource)
    {
        var logicalId = resource.Entry.LogicalId;
        if (done.Contains(logicalId)) return;
        if (open.IndexOf(logicalId) is >= 0 and var start)
        {
            var cycle = open[start..];
            var path = string.Join(" → ", [.. cycle, logicalId]);
            var message = $"Circular dependency between resources: [{string.Join(", ", cycle)}] ({path})";
            errors.Add(resource.Entry.Location, logicalId, message);
            return;
        }

        open.Add(logicalId);
        foreach (var dependency in resource.Dependencies) Visit(dependency, logicalId);
        open.RemoveAt(open.Count - 1);
        done.Add(logicalId);
        ordered.Add(resource);
    }

    private void Visit(Dependency dependency, string dependent)
    {
        if (resources.TryGetValue(dependency.LogicalId, out var needed))
        {
            Visit(needed);
            return;
        }

        errors.Add(dependency.Location, dependent, NameCheck.Unresolved(dependency.LogicalId, "Resources"));
    }
}
