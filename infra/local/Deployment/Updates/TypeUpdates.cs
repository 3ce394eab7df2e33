namespace Isobar.Local.Deployment.Updates;

/// <summary>What an update of a stack may do to the resources of one type.</summary>
/// <remarks>
/// A property whose change "requires: Replacement" by the AWS CloudFormation Template Reference stands in
/// <see cref="Replacement"/>; every other one is changed by <see cref="Change"/>.
/// </remarks>
internal sealed record TypeUpdates
{
    /// <summary>Nothing: a plan that changes or deletes such a resource is refused.</summary>
    public static readonly TypeUpdates None = new();

    /// <summary>Top-level properties whose change needs a new resource in the place of the old one.</summary>
    public IReadOnlyList<string> Replacement { get; init; } = [];

    /// <summary>Top-level properties that AWS changes in place and this host does not, with the reason.</summary>
    public IReadOnlyDictionary<string, string> NotInPlace { get; init; } = new Dictionary<string, string>();

    /// <summary>The property by which a template names a resource; null when the type has none. CloudFormation refuses
    /// to replace a resource whose name stays, as two can't have it.</summary>
    public string? NameProperty { get; init; }

    /// <summary>Changes a resource in place, all of it or nothing; null when no property can be.</summary>
    /// <exception cref="DeploymentException">As <see cref="IResourceProvider.CreateAsync"/>.</exception>
    public Func<ResourceUpdate, CancellationToken, ValueTask<DeployedResource>>? Change { get; init; }

    /// <summary>Deletes a resource; one that is gone already is passed over. Null when none can be.</summary>
    public Func<ResourceDeletion, CancellationToken, ValueTask>? Delete { get; init; }

    /// <summary>The same with a change and a deletion that wait for nothing.</summary>
    public static TypeUpdates InPlace(
        Func<ResourceUpdate, DeployedResource>? change, Action<ResourceDeletion>? delete) => new()
    {
        Change = change is null ? null : (update, _) => ValueTask.FromResult(change(update)),
        Delete = delete is null ? null : (deletion, _) =>
        {
            delete(deletion);
            return ValueTask.CompletedTask;
        },
    };
}

/// <summary>A resource that changes in place: its physical id stays.</summary>
/// <param name="Existing">The resource as it is.</param>
/// <param name="Previous">What it was made or last changed from.</param>
/// <param name="Declaration">What it is to be. The provider reads it as <see cref="IResourceProvider.CreateAsync"/>
/// does.</param>
/// <param name="Changed">The top-level properties with another value, added and removed ones too.</param>
internal sealed record ResourceUpdate(
    DeployedResource Existing, ResourceDeclaration Previous, ResourceDeclaration Declaration,
    IReadOnlySet<string> Changed)
{
    /// <summary>Whether this takes back a change, since a later step of the update failed.</summary>
    public bool IsRollback { get; init; }
}

/// <summary>A resource that is deleted.</summary>
/// <param name="Declaration">What it was made or last changed from.</param>
internal sealed record ResourceDeletion(DeployedResource Existing, ResourceDeclaration Declaration);
