using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment;

/// <summary>What a deployed resource was last made from.</summary>
/// <param name="Properties">Resolved: without functions.</param>
/// <param name="UpdatePolicy">Resolved; null without one.</param>
/// <param name="DependsOn">The logical ids of all resources that it needed.</param>
/// <param name="RetainedOnDeletion">Whether it stays when the stack gives it up.</param>
/// <param name="RetainedOnReplacement">Whether it stays when another takes its place.</param>
/// <param name="Generation">The update that made the resource, 0 for the deployment; generated names depend on
/// it.</param>
internal sealed record DeclaredResource(
    TemplateMapping Properties,
    TemplateMapping? UpdatePolicy,
    SourceLocation Location,
    IReadOnlyList<string> DependsOn,
    bool RetainedOnDeletion,
    bool RetainedOnReplacement,
    int Generation)
{
    /// <summary>The declaration as a provider reads it, with nothing read so far.</summary>
    public ResourceDeclaration For(string logicalId, string type, StackIdentity stack) => new(
        logicalId, type, PropertyReader.ForResource(logicalId, type, Properties with { Location = Location }),
        Location, stack with { Generation = Generation })
    {
        UpdatePolicy = UpdatePolicy is null ? null : PropertyReader.ForResource(logicalId, type, UpdatePolicy),
    };
}
