using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment;

/// <summary>
/// Whether a resource stays when the stack gives it up, by its DeletionPolicy and UpdateReplacePolicy.
/// </summary>
/// <remarks>Source: AWS CloudFormation Template Reference, both attributes. Snapshot is for types that are not
/// supported here.</remarks>
internal static class RetentionPolicies
{
    private const string Retain = "Retain";
    private const string RetainExceptOnCreate = "RetainExceptOnCreate";

    /// <summary>Whether an update that no longer declares the resource leaves it.</summary>
    public static bool OnDeletion(ResourceEntry resource) =>
        resource.DeletionPolicy is { Text: Retain or RetainExceptOnCreate };

    /// <summary>Whether the rollback of the update that created the resource leaves it.</summary>
    public static bool OnRollback(ResourceEntry resource) => resource.DeletionPolicy is { Text: Retain };

    /// <summary>Whether an update that puts another resource in its place leaves it.</summary>
    public static bool OnReplacement(ResourceEntry resource) => resource.UpdateReplacePolicy is { Text: Retain };

    public static void Check(ResourceEntry resource, ErrorList errors)
    {
        Check(resource, "DeletionPolicy", resource.DeletionPolicy, errors, "Delete", Retain, RetainExceptOnCreate);
        Check(resource, "UpdateReplacePolicy", resource.UpdateReplacePolicy, errors, "Delete", Retain);
    }

    private static void Check(
        ResourceEntry resource, string name, TemplateScalar? policy, ErrorList errors, params string[] allowed)
    {
        if (policy is null || allowed.Contains(policy.Text)) return;
        errors.Add(policy.Location, resource.LogicalId,
            $"{name} must be one of {string.Join(", ", allowed)}, not {policy.Text}");
    }
}
