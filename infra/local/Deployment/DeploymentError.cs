namespace Isobar.Local.Deployment;

/// <summary>One reason why a template can't be deployed here.</summary>
/// <param name="LogicalId">The resource, parameter or output meant; empty when the template as a whole is.</param>
internal sealed record DeploymentError(SourceLocation Location, string LogicalId, string Message)
{
    public override string ToString() =>
        LogicalId.Length > 0 ? $"{Location}: {LogicalId}: {Message}" : $"{Location}: {Message}";
}
