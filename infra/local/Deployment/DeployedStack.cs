using Isobar.Local.Deployment.Templates;

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
    DateTimeOffset CreationTime)
{
    /// <summary>One of <see cref="StackStatus"/>.</summary>
    public string Status { get; init; } = StackStatus.CreateComplete;

    /// <summary>Why the stack has its status; null when nothing failed.</summary>
    public string? StatusReason { get; init; }

    /// <summary>Service time of the last update; null before the first.</summary>
    public DateTimeOffset? LastUpdatedTime { get; init; }

    /// <summary>The parameters' own values, which an update takes where it gives no other.</summary>
    public IReadOnlyDictionary<string, TemplateScalar> ParameterValues { get; init; } =
        new Dictionary<string, TemplateScalar>();

    /// <summary>How many updates were begun, those that failed counted, too.</summary>
    public int Updates { get; init; }

    /// <summary>In which update each resource was made, 0 for the deployment; generated names depend on it.</summary>
    public IReadOnlyDictionary<string, int> Generations =>
        Resources.ToDictionary(resource => resource.LogicalId, resource => resource.Declared.Generation);
}
