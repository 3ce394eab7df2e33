namespace Isobar.Local.Deployment;

/// <summary>A stack all of whose resources exist.</summary>
/// <param name="Resources">In the order of creation.</param>
/// <param name="Parameters">As DescribeStacks shows them: a NoEcho value is <c>****</c>.</param>
/// <param name="Inert">What the template says that changes nothing locally.</param>
internal sealed record DeployedStack(
    StackIdentity Identity,
    IReadOnlyList<DeployedResource> Resources,
    IReadOnlyList<StackOutput> Outputs,
    IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyList<InertSetting> Inert,
    string? Description,
    DateTimeOffset CreationTime);
