using System.Globalization;
using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>Deploys <c>AWS::Lambda::Alias</c>.</summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::Lambda::Alias.</remarks>
internal sealed class AliasProvider(AliasChanges changes) : IResourceProvider
{
    public const string AliasType = "AWS::Lambda::Alias";

    public IReadOnlyCollection<string> ResourceTypes { get; } = [AliasType];

    public TypeUpdates UpdatesOf(string type) => TypeUpdates.InPlace(Move, Delete) with
    {
        Replacement = ["FunctionName", "Name"],
    };

    public ValueTask<DeployedResource> CreateAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var (function, arn, name, settings) = Read(declaration);
        try
        {
            changes.Create(function.Name, arn, name, settings);
            return ValueTask.FromResult(Deployed(declaration, arn, name));
        }
        catch (AwsException e)
        {
            throw new DeploymentException(declaration.Location, declaration.LogicalId, e.Message, e);
        }
    }

    private DeployedResource Move(ResourceUpdate update)
    {
        var (function, arn, name, settings) = Read(update.Declaration);
        // What the template does not say holds no longer.
        changes.Update(function.Name, arn, name, settings with
        {
            Description = settings.Description ?? "",
            Weights = settings.Weights ?? new Dictionary<string, double>(),
        });
        return Deployed(update.Declaration, arn, name);
    }

    private void Delete(ResourceDeletion deletion)
    {
        var (function, _, name, _) = Read(deletion.Declaration);
        changes.Delete(function.Name, name);
    }

    private static (FunctionReference Function, string Arn, string Name, AliasSettings Settings) Read(
        ResourceDeclaration declaration)
    {
        var properties = declaration.Properties;
        var function = FunctionReference.OfWholeFunction(properties);
        var name = properties.RequiredString("Name");
        var settings = new AliasSettings(
            properties.RequiredString("FunctionVersion"), properties.OptionalString("Description"),
            Weights(properties), RevisionId: null);
        properties.Finish();
        return (function, function.Arn(declaration.Stack.Region, declaration.Stack.AccountId), name, settings);
    }

    private static DeployedResource Deployed(ResourceDeclaration declaration, string arn, string name)
    {
        var reference = $"{arn}:{name}";
        return new DeployedResource(
            declaration.LogicalId, AliasType, reference, reference,
            new Dictionary<string, string> { ["AliasArn"] = reference });
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
