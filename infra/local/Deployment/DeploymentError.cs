namespace Isobar.Local.Deployment;

/// <summary>One reason why a template can't be deployed here.</summary>
/// <param name="LogicalId">Of the resource, parameter or output; empty for the template as a whole.</param>
internal sealed record DeploymentError(SourceLocation Location, string LogicalId, string Message)
{
    public override string ToString() =>
        LogicalId.Length > 0 ? $"{Location}: {LogicalId}: {Message}" : $"{Location}: {Message}";
}
