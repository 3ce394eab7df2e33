using Isobar.Local.Deployment.Expressions;
using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment;

/// <summary>Checks every name in every section.</summary>
internal sealed class PlanNames(
    HashSet<string> parameters, HashSet<string> conditions, HashSet<string> resources, ErrorList errors)
{
    public void Check(
        IReadOnlyDictionary<string, Expression> tests,
        IReadOnlyList<ResourceEntry> entries,
        IReadOnlyDictionary<string, Expression> properties,
        IReadOnlyDictionary<string, Expression> updatePolicies,
        IReadOnlyList<PlannedOutput> outputs)
    {
        var beforeResources = new NameCheck(parameters, conditions, new HashSet<string>(), errors);
        foreach (var (name, test) in tests) beforeResources.Check(test, name, "Conditions");

        var names = new NameCheck(parameters, conditions, resources, errors);
        foreach (var entry in entries)
        {
            names.Check(properties[entry.LogicalId], entry.LogicalId, "Resources");
            if (updatePolicies.TryGetValue(entry.LogicalId, out var policy))
                names.Check(policy, entry.LogicalId, "Resources");
            if (entry.Condition is { } condition) names.CheckCondition(entry.Location, condition, entry.LogicalId);
            foreach (var dependency in entry.DependsOn.Where(dependency => !resources.Contains(dependency.Text)))
            {
                errors.Add(
                    dependency.Location, entry.LogicalId, NameCheck.Unresolved(dependency.Text, "Resources"));
            }
        }

        foreach (var output in outputs)
        {
            var (key, location) = (output.Entry.Key, output.Entry.Location);
            names.Check(output.Value, key, "Outputs");
            if (output.ExportName is { } export) names.Check(export, key, "Outputs");
            if (output.Entry.Condition is { } condition) names.CheckCondition(location, condition, key);
        }
    }
}
