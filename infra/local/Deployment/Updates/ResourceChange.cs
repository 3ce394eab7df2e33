namespace Isobar.Local.Deployment.Updates;

/// <summary>What an update does to a resource.</summary>
internal enum ChangeAction
{
    Add,
    Modify,
    Remove,
}

/// <summary>Whether another resource takes the place of one that is modified.</summary>
internal enum Replacement
{
    False,
    True,

    /// <summary>It depends on a value that is only known when another resource was made.</summary>
    Conditional,
}

/// <summary>One line of a change set.</summary>
/// <remarks>Source: AWS CloudFormation API Reference, ResourceChange.</remarks>
/// <param name="PhysicalId">Null for one that is added.</param>
/// <param name="Replacement">Null unless it is modified.</param>
/// <param name="Properties">The top-level properties that change, of one that is modified.</param>
internal sealed record ResourceChange(
    ChangeAction Action, string LogicalId, string Type, string? PhysicalId, Replacement? Replacement,
    IReadOnlyList<string> Properties);
