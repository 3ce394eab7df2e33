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
    IReadOnlyDictionary<string, string> Attributes);
