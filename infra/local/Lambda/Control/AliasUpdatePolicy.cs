using Isobar.Local.Deployment;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.Control;

/// <summary>How an update moves an alias: by a deployment that shifts its traffic. A new one is made at once.</summary>
/// <param name="BeforeAllowTrafficHook">A function that is invoked before traffic is shifted; null for none.</param>
/// <param name="AfterAllowTrafficHook">A function that is invoked after all of it is; null for none.</param>
/// <remarks>Source: AWS CloudFormation User Guide, UpdatePolicy attribute, CodeDeployLambdaAliasUpdate.</remarks>
internal sealed record AliasUpdatePolicy(
    string ApplicationName, string DeploymentGroupName, string? BeforeAllowTrafficHook, string? AfterAllowTrafficHook)
{
    /// <summary>The ARN of the deployment group.</summary>
    public Arn Group(StackIdentity stack) => new(
        stack.Partition, "codedeploy", stack.Region, stack.AccountId,
        $"deploymentgroup:{ApplicationName}/{DeploymentGroupName}");

    /// <returns>Null when an update moves the alias at once.</returns>
    public static AliasUpdatePolicy? Read(ResourceDeclaration declaration)
    {
        if (declaration.UpdatePolicy?.OptionalMap("CodeDeployLambdaAliasUpdate") is not { } policy) return null;
        var read = new AliasUpdatePolicy(
            policy.RequiredString("ApplicationName"), policy.RequiredString("DeploymentGroupName"),
            policy.OptionalString("BeforeAllowTrafficHook"), policy.OptionalString("AfterAllowTrafficHook"));
        declaration.UpdatePolicy.Finish();
        return read;
    }
}
