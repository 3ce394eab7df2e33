namespace Isobar.Local.Deployment.Updates;

/// <summary>Why a change can't be made.</summary>
/// <param name="Property">The property that it is about; null when it is about the whole resource.</param>
internal sealed record UpdateRefusal(string? Property, string Reason);

/// <summary>What an update may not do to a resource.</summary>
internal static class UpdateRules
{
    /// <param name="changed">The top-level properties with another value.</param>
    /// <returns>Null when the change can be made.</returns>
    public static UpdateRefusal? Refuse(
        DeployedResource existing, TypeUpdates updates, IReadOnlySet<string> changed)
    {
        if (updates.NotInPlace.FirstOrDefault(property => changed.Contains(property.Key)) is { Key: { } name } refused)
            return new UpdateRefusal(
                name, $"{name} of {existing.Type} can't be changed while the host is up: {refused.Value}");
        var replacing = updates.Replacement.FirstOrDefault(changed.Contains);
        if (replacing is not null) return RefuseReplacement(existing, updates, changed, replacing);
        return updates.Change is null
            ? new UpdateRefusal(
                changed.Order(StringComparer.Ordinal).FirstOrDefault(),
                $"{existing.Type} can't be changed while the host is up; stop the host and start it again")
            : null;
    }

    /// <summary>Why no resource of a type can be deleted.</summary>
    public static string NoDeletion(string type) =>
        $"{type} can't be deleted while the host is up; stop the host and start it again";

    // The words of CloudFormation's own refusal.
    private static UpdateRefusal? RefuseReplacement(
        DeployedResource existing, TypeUpdates updates, IReadOnlySet<string> changed, string replacing) =>
        updates.NameProperty is { } name && !changed.Contains(name)
            && existing.Declared.Properties.Find(name) is not null
            ? new UpdateRefusal(
                replacing, "CloudFormation cannot update a stack when a custom-named resource requires replacing. "
                    + $"Rename {existing.PhysicalId} and update the stack again. ({replacing} requires replacement.)")
            : null;
}
