using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>Deploys <c>AWS::Lambda::Version</c>: publishes what the function is at that moment.</summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::Lambda::Version.</remarks>
internal sealed class VersionProvider(
    Monitor<FunctionRegistry> functions, Identifiers identifiers, ProvisionedTemplate provisioned) : IResourceProvider
{
    public const string VersionType = "AWS::Lambda::Version";

    public IReadOnlyCollection<string> ResourceTypes { get; } = [VersionType];

    /// <summary>Only its environments can change: what else differs publishes another version.</summary>
    public TypeUpdates UpdatesOf(string type) => TypeUpdates.InPlace(Provision, Delete) with
    {
        Replacement = ["FunctionName", "Description", "CodeSha256"],
    };

    public ValueTask<DeployedResource> CreateAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var function = FunctionReference.OfWholeFunction(properties);
        var description = properties.OptionalString("Description");
        var code = properties.OptionalString("CodeSha256");
        var executions = ProvisionedTemplate.Read(properties);
        properties.Finish();
        var version = functions.Ask((registry, now) => registry.Entry(function.Name) is { } entry
            && (code is null || code == entry.Latest.Configuration.CodeSha256)
                ? entry.Publish(
                    description, now, identifiers.NewGuid().ToString(), identifiers.NewGuid().ToString())
                : null)
            ?? throw new DeploymentException(
                declaration.Location, declaration.LogicalId,
                $"there is no function {function.Name} with this code to publish");
        var arn = $"{version.Configuration.Arn}:{version.Version}";
        try
        {
            provisioned.Put(function with { Qualifier = version.Version }, declaration.Stack, executions);
        }
        catch (AwsException e)
        {
            throw new DeploymentException(declaration.Location, declaration.LogicalId, e.Message, e);
        }

        return ValueTask.FromResult(new DeployedResource(
            declaration.LogicalId, VersionType, arn, arn, new Dictionary<string, string>
            {
                ["Version"] = version.Version, ["FunctionArn"] = arn,
            }));
    }

    private DeployedResource Provision(ResourceUpdate update)
    {
        var properties = update.Declaration.Properties;
        FunctionReference.OfWholeFunction(properties);
        foreach (var name in (string[])["Description", "CodeSha256"]) properties.OptionalString(name);
        var executions = ProvisionedTemplate.Read(properties);
        properties.Finish();
        provisioned.Change(
            FunctionReference.OfTemplate(update.Existing.PhysicalId)!.Value, update.Declaration.Stack, executions);
        return update.Existing;
    }

    private void Delete(ResourceDeletion deletion)
    {
        if (FunctionReference.OfTemplate(deletion.Existing.PhysicalId) is not { Qualifier: { } version } function)
            throw new InvalidOperationException($"{deletion.Existing.PhysicalId} is no version.");
        functions.Post((registry, _) => registry.Entry(function.Name)?.DeleteUnusedVersion(version));
    }
}
