using System.Globalization;
using Isobar.Local.Deployment;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>Deploys <c>AWS::Lambda::Alias</c>.</summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::Lambda::Alias.</remarks>
/// <param name="provisioned">Allocates its provisioned concurrency; the deployment does not wait for that.</param>
internal sealed class AliasProvider(AliasChanges changes, ProvisionedTemplate provisioned) : IResourceProvider
{
    public const string AliasType = "AWS::Lambda::Alias";

    public IReadOnlyCollection<string> ResourceTypes { get; } = [AliasType];

    public ValueTask<DeployedResource> CreateAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var function = FunctionReference.OfWholeFunction(properties);
        var name = properties.RequiredString("Name");
        var settings = new AliasSettings(
            properties.RequiredString("FunctionVersion"), properties.OptionalString("Description"),
            Weights(properties), RevisionId: null);
        var executions = ProvisionedTemplate.Read(properties);
        properties.Finish();
        var stack = declaration.Stack;
        var arn = function.Arn(stack.Region, stack.AccountId);
        try
        {
            var alias = changes.Create(function.Name, arn, name, settings);
            provisioned.Put(function with { Qualifier = name }, declaration.Stack, executions);
            var reference = $"{arn}:{alias.Name}";
            return ValueTask.FromResult(new DeployedResource(
                declaration.LogicalId, AliasType, reference, reference,
                new Dictionary<string, string> { ["AliasArn"] = reference }));
        }
        catch (AwsException e)
        {
            throw new DeploymentException(declaration.Location, declaration.LogicalId, e.Message, e);
        }
    }

    private static Dictionary<string, double>? Weights(PropertyReader properties)
    {
        if (properties.OptionalMap("RoutingConfig") is not { } routing) return null;
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var weight in routing.OptionalList("AdditionalVersionWeights") ?? [])
        {
            var text = weight.RequiredString("FunctionWeight");
            if (!double.TryParse(text, CultureInfo.InvariantCulture, out var share))
                weight.Refuse("FunctionWeight", "must be a number from 0 to 1");
            weights[weight.RequiredString("FunctionVersion")] = share;
        }

        return weights;
    }
}
