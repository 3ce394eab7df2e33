using Isobar.Local.Deployment.Expressions;

namespace Isobar.Local.Deployment.Updates;

/// <summary>Compares a stack with what it is to be.</summary>
internal sealed class UpdateComparison(
    DeployedStack stack, StackPlan target, ProviderTable providers, ErrorList errors)
{
    private readonly ResourceResolution resolution = new(target);
    private readonly Dictionary<string, DeployedResource> before =
        stack.Resources.ToDictionary(resource => resource.LogicalId);

    // What references resolve to: resources that stay as they are, and stand-ins for those that are made.
    private readonly Dictionary<string, DeployedResource> known = new(StringComparer.Ordinal);
    private readonly HashSet<string> unknown = new(StringComparer.Ordinal);

    public IReadOnlyList<ResourceChange> Changes()
    {
        var changes = target.Resources.Select(Compare).OfType<ResourceChange>().ToList();
        var kept = target.Resources.Select(resource => resource.Entry.LogicalId).ToHashSet();
        foreach (var gone in stack.Resources.Reverse().Where(resource => !kept.Contains(resource.LogicalId)))
        {
            changes.Add(new ResourceChange(
                ChangeAction.Remove, gone.LogicalId, gone.Type, gone.PhysicalId, null, []));
            if (!gone.Declared.RetainedOnDeletion) CheckDeletion(gone, gone.Declared.Location);
        }

        return changes;
    }

    /// <summary>Whether an output has another value, or parameters or the description differ.</summary>
    public bool OutputsChange()
    {
        var outputs = resolution.Outputs(known, new ErrorList());
        return !outputs.SequenceEqual(stack.Outputs) || target.Description != stack.Description
            || !target.Parameters.Texts.ToDictionary(value => value.Key, value => value.Value.Text).OrderBy(Key)
                .SequenceEqual(stack.ParameterValues.ToDictionary(value => value.Key, value => value.Value.Text)
                    .OrderBy(Key));

        static string Key(KeyValuePair<string, string> value) => value.Key;
    }

    private ResourceChange? Compare(PlannedResource resource)
    {
        var (logicalId, type) = (resource.Entry.LogicalId, resource.Entry.Type);
        if (!before.TryGetValue(logicalId, out var existing))
        {
            Resolve(resource, stack.Updates + 1, out _);
            IsMade(logicalId, type);
            return new ResourceChange(ChangeAction.Add, logicalId, type, null, null, []);
        }

        if (existing.Type != type)
        {
            known[logicalId] = existing;
            errors.Add(resource.Entry.Location, logicalId,
                $"Update of resource type is not permitted: {existing.Type} can't become {type}. "
                    + "Give the new resource another logical id");
            return null;
        }

        var changed = Changed(resource, existing, out var isCertain);
        if (changed.Count == 0)
        {
            known[logicalId] = existing;
            return null;
        }

        var updates = providers.Of(type).UpdatesOf(type);
        CheckChange(resource, existing, updates, changed);
        var isReplaced = changed.Overlaps(updates.Replacement);
        if (isReplaced) IsMade(logicalId, type);
        else known[logicalId] = existing;
        var replacement = !isReplaced ? Replacement.False : isCertain ? Replacement.True : Replacement.Conditional;
        return new ResourceChange(
            ChangeAction.Modify, logicalId, type, existing.PhysicalId, replacement,
            [.. changed.Order(StringComparer.Ordinal)]);
    }

    private HashSet<string> Changed(PlannedResource resource, DeployedResource existing, out bool isCertain)
    {
        var before = errors.Count;
        var declared = Resolve(resource, existing.Declared.Generation, out var dynamic);
        isCertain = false;
        if (declared is null) return errors.Count == before ? dynamic : [];
        var changed = PropertyDifferences.Of(existing.Declared.Properties, declared.Properties)
            .ToHashSet(StringComparer.Ordinal);
        var replacement = providers.Of(existing.Type).UpdatesOf(existing.Type).Replacement;
        isCertain = changed.Except(dynamic).Any(replacement.Contains);
        changed.UnionWith(dynamic);
        return changed;
    }

    /// <param name="dynamic">The properties whose values are not known before another resource is made.</param>
    private DeclaredResource? Resolve(PlannedResource resource, int generation, out HashSet<string> dynamic)
    {
        dynamic = (resource.Properties as MapOf)?.Entries
            .Where(entry => Dependencies.Of(entry.Value, unknown.Contains, target.Conditions)
                .Any(dependency => unknown.Contains(dependency.LogicalId)))
            .Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal) ?? [];
        // Of a value that is not known, parts may be asked for that it turns out to have.
        return resolution.Resolve(resource, known, generation, dynamic.Count > 0 ? new ErrorList() : errors);
    }

    private void IsMade(string logicalId, string type)
    {
        unknown.Add(logicalId);
        known[logicalId] = UnknownResource.Of(logicalId, type);
    }

    private void CheckChange(
        PlannedResource resource, DeployedResource existing, TypeUpdates updates, HashSet<string> changed)
    {
        var (location, logicalId) = (resource.Entry.Location, resource.Entry.LogicalId);
        if (UpdateRules.Refuse(existing, updates, changed) is { } refusal)
        {
            var place = (resource.Properties as MapOf)?.Entries.FirstOrDefault(entry => entry.Key == refusal.Property);
            errors.Add(place?.KeyLocation ?? location, logicalId, refusal.Reason);
        }
        else if (changed.Overlaps(updates.Replacement) && !existing.Declared.RetainedOnReplacement)
            CheckDeletion(existing, location);
    }

    private void CheckDeletion(DeployedResource resource, SourceLocation location)
    {
        if (providers.Of(resource.Type).UpdatesOf(resource.Type).Delete is null)
            errors.Add(location, resource.LogicalId, UpdateRules.NoDeletion(resource.Type));
    }
}
