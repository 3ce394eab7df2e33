using Isobar.Local.Deployment.Expressions;
using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment;

/// <summary>Deploys a template: checks it, then creates the resources in order.</summary>
internal sealed class StackDeployment
{
    private readonly StackPlan plan;
    private readonly IReadOnlyDictionary<string, IResourceProvider> providers;
    private readonly Dictionary<string, DeployedResource> deployed = new(StringComparer.Ordinal);
    private readonly List<DeployedResource> inOrder = [];
    private readonly List<InertSetting> inert;
    private readonly ErrorList errors;

    private StackDeployment(
        StackPlan plan, IReadOnlyDictionary<string, IResourceProvider> providers, ErrorList errors) =>
        (this.plan, this.providers, this.errors, inert) = (plan, providers, errors, [.. plan.Inert]);

    /// <param name="providers">Create resources.</param>
    /// <param name="parts">What services add to templates.</param>
    /// <param name="creationTime">Service time.</param>
    /// <exception cref="DeploymentException">With every error found. After an error in one resource, those that do not
    /// depend on it are still created, to find their errors. Nothing is deleted: the host stops.</exception>
    public static async Task<DeployedStack> DeployAsync(
        TemplateSource template,
        ParameterProfile parameters,
        StackIdentity identity,
        IReadOnlyCollection<IResourceProvider> providers,
        TemplateParts parts,
        DateTimeOffset creationTime,
        CancellationToken cancellationToken)
    {
        var byType = providers.Append(new InertResources(parts.InertTypes))
            .SelectMany(provider => provider.ResourceTypes, (provider, type) => (provider, type))
            .ToDictionary(pair => pair.type, pair => pair.provider);
        var errors = new ErrorList();
        var plan = StackPlan.Prepare(template, parameters, identity, byType.Keys, parts, errors);
        var deployment = new StackDeployment(plan, byType, errors);
        foreach (var resource in plan.Resources) await deployment.CreateAsync(resource, cancellationToken);
        errors.ThrowIfAny();

        var outputs = plan.Outputs.Select(deployment.ResolveOutput).ToList();
        errors.ThrowIfAny();
        return new DeployedStack(
            identity, deployment.inOrder, outputs, plan.Parameters, deployment.inert, plan.Description,
            creationTime);
    }

    private async ValueTask CreateAsync(PlannedResource resource, CancellationToken cancellationToken)
    {
        if (resource.Dependencies.Any(dependency => !deployed.ContainsKey(dependency.LogicalId))) return;
        var (logicalId, type) = (resource.Entry.LogicalId, resource.Entry.Type);
        var before = errors.Count;
        var resolver = ResolverFor(logicalId);
        if (resolver.Resolve(resource.Properties) is not TemplateMapping resolved)
        {
            errors.Add(resource.Entry.Location, logicalId, "Properties must be a map");
            return;
        }

        var policy = resource.UpdatePolicy is { } how
            ? resolver.Resolve(how) as TemplateMapping ?? new TemplateMapping(resource.Entry.Location, [])
            : null;

        if (errors.Count > before) return;
        var location = resource.Entry.Location;
        var properties = PropertyReader.ForResource(logicalId, type, resolved with { Location = location });
        try
        {
            var declaration = new ResourceDeclaration(logicalId, type, properties, location, plan.Values.Stack)
            {
                UpdatePolicy = policy is null ? null : PropertyReader.ForResource(logicalId, type, policy),
            };
            var deployed = await providers[type].CreateAsync(declaration, cancellationToken);
            properties.Finish();
            declaration.UpdatePolicy?.Finish();
            this.deployed.Add(logicalId, deployed);
            inOrder.Add(deployed);
            inert.AddRange(properties.InertSettings);
        }
        catch (DeploymentException exception)
        {
            errors.Add(exception);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The service refused it, for example for an invalid bucket name: add the line of the template.
            var message = $"{type} was refused: {exception.Message}";
            errors.Add(new DeploymentException(location, logicalId, message, exception));
        }
    }

    private StackOutput ResolveOutput(PlannedOutput output)
    {
        var resolver = ResolverFor(output.Entry.Key);
        return new StackOutput(
            output.Entry.Key,
            resolver.ResolveText(output.Value),
            output.Entry.Description,
            output.ExportName is { } export ? resolver.ResolveText(export) : null);
    }

    private Resolver ResolverFor(string logicalId) =>
        new(plan.Values, plan.Conditions, deployed, errors, logicalId);
}
