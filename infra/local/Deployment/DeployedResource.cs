namespace Isobar.Local.Deployment;

/// <summary>A resource that exists now.</summary>
/// <param name="PhysicalId">What ListStackResources shows.</param>
/// <param name="Reference">What <c>Ref</c> gives.</param>
/// <param name="Attributes">What <c>Fn::GetAtt</c> gives, by attribute name.</param>
internal sealed record DeployedResource(
    string LogicalId,
    string Type,
    string PhysicalId,
    string Reference,
    IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>What it was last made from; the deployment notes it, not the provider.</summary>
    public DeclaredResource Declared
    {
        get => field ?? throw new InvalidOperationException($"{LogicalId} belongs to no stack yet.");
        init;
    }

    /// <summary>What changes nothing locally of what it was made from.</summary>
    public IReadOnlyList<InertSetting> Inert { get; init; } = [];

    /// <summary>For example <c>CREATE_COMPLETE</c>.</summary>
    public string Status { get; init; } = StackStatus.CreateComplete;

    /// <summary>Service time of its creation or last change.</summary>
    public DateTimeOffset LastUpdated { get; init; }
}
