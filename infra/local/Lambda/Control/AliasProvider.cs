using System.Globalization;
using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>Deploys <c>AWS::Lambda::Alias</c>.</summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::Lambda::Alias.</remarks>
/// <param name="provisioned">Allocates its provisioned concurrency; the deployment does not wait for that.</param>
/// <param name="directory">Finds what moves an alias step by step.</param>
internal sealed class AliasProvider(
    AliasChanges changes, ProvisionedTemplate provisioned, ServiceDirectory directory) : IResourceProvider
{
    public const string AliasType = "AWS::Lambda::Alias";

    public IReadOnlyCollection<string> ResourceTypes { get; } = [AliasType];

    public TypeUpdates UpdatesOf(string type) => TypeUpdates.InPlace(null, Delete) with
    {
        Replacement = ["FunctionName", "Name"],
        Change = MoveAsync,
    };

    public ValueTask<DeployedResource> CreateAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var alias = Read(declaration);
        try
        {
            changes.Create(alias.Function.Name, alias.FunctionArn, alias.Name, alias.Settings);
            Provision(alias, declaration.Stack);
            return ValueTask.FromResult(Deployed(declaration, alias));
        }
        catch (AwsException e)
        {
            throw new DeploymentException(declaration.Location, declaration.LogicalId, e.Message, e);
        }
    }

    private void Provision(Declared alias, StackIdentity stack)
    {
        try
        {
            provisioned.Put(alias.Function, stack, alias.Executions);
        }
        catch (AwsException)
        {
            changes.Delete(alias.Function.Name, alias.Name);
            throw;
        }
    }

    private async ValueTask<DeployedResource> MoveAsync(ResourceUpdate update, CancellationToken cancellationToken)
    {
        var alias = Read(update.Declaration);
        // A rollback goes back at once: nobody should wait for a version that is known to be good.
        if (alias.Policy is { } policy && !update.IsRollback)
            await ShiftAsync(update.Declaration, alias, policy, cancellationToken);
        Put(alias);
        if (!update.Changed.Contains("ProvisionedConcurrencyConfig")) return Deployed(update.Declaration, alias);
        try
        {
            provisioned.Change(alias.Function, update.Declaration.Stack, alias.Executions);
            return Deployed(update.Declaration, alias);
        }
        catch (AwsException)
        {
            Put(Read(update.Previous));
            throw;
        }
    }

    /// <summary>Has the alias moved by a deployment, and waits for its end.</summary>
    private async Task ShiftAsync(
        ResourceDeclaration declaration, Declared alias, AliasUpdatePolicy policy, CancellationToken cancellationToken)
    {
        var arn = Arn.TryParse($"{alias.FunctionArn}:{alias.Name}")!;
        var current = directory.Of<ITrafficAliases>(arn)?.Find(arn)?.Version;
        if (current is null || current == alias.Settings.Version) return;
        var group = policy.Group(declaration.Stack);
        var deployments = directory.Of<IAliasDeployments>(group)
            ?? throw new InvalidOperationException($"nothing here has the deployment group {group}");
        var failure = await deployments.MoveAsync(
            group, new AliasMove(
                arn, current, alias.Settings.Version!, policy.BeforeAllowTrafficHook, policy.AfterAllowTrafficHook),
            cancellationToken);
        // In CloudFormation's words, which are recorded.
        if (failure is not null)
            throw new DeploymentException(declaration.Location, declaration.LogicalId,
                $"Resource handler returned message: \"{failure}\" (HandlerErrorCode: InternalFailure)");
    }

    // What the template does not say holds no longer.
    private void Put(Declared alias) =>
        changes.Update(alias.Function.Name, alias.FunctionArn, alias.Name, alias.Settings with
        {
            Description = alias.Settings.Description ?? "",
            Weights = alias.Settings.Weights ?? new Dictionary<string, double>(),
        });

    private void Delete(ResourceDeletion deletion)
    {
        var alias = Read(deletion.Declaration);
        changes.Delete(alias.Function.Name, alias.Name);
    }

    private static Declared Read(ResourceDeclaration declaration)
    {
        var properties = declaration.Properties;
        var function = FunctionReference.OfWholeFunction(properties);
        var name = properties.RequiredString("Name");
        var settings = new AliasSettings(
            properties.RequiredString("FunctionVersion"), properties.OptionalString("Description"),
            Weights(properties), RevisionId: null);
        var policy = AliasUpdatePolicy.Read(declaration);
        var executions = ProvisionedTemplate.Read(properties);
        properties.Finish();
        var arn = function.Arn(declaration.Stack.Region, declaration.Stack.AccountId);
        return new Declared(function with { Qualifier = name }, arn, settings, executions, policy);
    }

    private static DeployedResource Deployed(ResourceDeclaration declaration, Declared alias)
    {
        var reference = $"{alias.FunctionArn}:{alias.Name}";
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

    /// <summary>What the template says of an alias.</summary>
    /// <param name="Function">With the alias as its qualifier.</param>
    /// <param name="FunctionArn">Not qualified.</param>
    /// <param name="Executions">Provisioned; null for none.</param>
    /// <param name="Policy">How an update moves it; null for at once.</param>
    private sealed record Declared(
        FunctionReference Function, string FunctionArn, AliasSettings Settings, int? Executions,
        AliasUpdatePolicy? Policy)
    {
        public string Name => Function.Qualifier!;
    }
}
