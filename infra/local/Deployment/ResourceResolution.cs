using Isobar.Local.Deployment.Expressions;
using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment;

/// <summary>Planned resources to declarations: their functions are replaced by values.</summary>
internal sealed class ResourceResolution(StackPlan plan)
{
    /// <param name="resources">By logical id; holds everything that the resource depends on.</param>
    /// <param name="generation">The update that makes the resource; 0 for the deployment.</param>
    /// <returns>Null after an error.</returns>
    public DeclaredResource? Resolve(
        PlannedResource resource, IReadOnlyDictionary<string, DeployedResource> resources, int generation,
        ErrorList errors)
    {
        var entry = resource.Entry;
        var before = errors.Count;
        var resolver = ResolverFor(entry.LogicalId, resources, errors);
        if (resolver.Resolve(resource.Properties) is not TemplateMapping properties)
        {
            errors.Add(entry.Location, entry.LogicalId, "Properties must be a map");
            return null;
        }

        var policy = resource.UpdatePolicy is { } expression ? resolver.Resolve(expression) as TemplateMapping : null;
        if (errors.Count > before) return null;
        return new DeclaredResource(
            properties, policy, entry.Location,
            [.. resource.Dependencies.Select(dependency => dependency.LogicalId).Distinct()],
            RetentionPolicies.OnDeletion(entry), RetentionPolicies.OnReplacement(entry), generation);
    }

    /// <summary>The outputs, given that all resources exist.</summary>
    public IReadOnlyList<StackOutput> Outputs(
        IReadOnlyDictionary<string, DeployedResource> resources, ErrorList errors) =>
        [.. plan.Outputs.Select(output => ResolveOutput(output, resources, errors))];

    private StackOutput ResolveOutput(
        PlannedOutput output, IReadOnlyDictionary<string, DeployedResource> resources, ErrorList errors)
    {
        var resolver = ResolverFor(output.Entry.Key, resources, errors);
        return new StackOutput(
            output.Entry.Key,
            resolver.ResolveText(output.Value),
            output.Entry.Description,
            output.ExportName is { } export ? resolver.ResolveText(export) : null);
    }

    private Resolver ResolverFor(
        string logicalId, IReadOnlyDictionary<string, DeployedResource> resources, ErrorList errors) =>
        new(plan.Values, plan.Conditions, resources, errors, logicalId);
}
