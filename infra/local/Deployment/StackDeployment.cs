namespace Isobar.Local.Deployment;

/// <summary>Deploys a template: checks it, then creates the resources in order.</summary>
internal sealed class StackDeployment
{
    private readonly StackPlan plan;
    private readonly ProviderTable providers;
    private readonly ResourceResolution resolution;
    private readonly DateTimeOffset creationTime;
    private readonly IReadOnlyDictionary<string, int> generations;
    private readonly Dictionary<string, DeployedResource> deployed = new(StringComparer.Ordinal);
    private readonly List<DeployedResource> inOrder = [];
    private readonly ErrorList errors;

    private StackDeployment(
        StackPlan plan, ProviderTable providers, DateTimeOffset creationTime,
        IReadOnlyDictionary<string, int> generations, ErrorList errors)
    {
        (this.plan, this.providers, this.creationTime) = (plan, providers, creationTime);
        (this.generations, this.errors) = (generations, errors);
        resolution = new ResourceResolution(plan);
    }

    /// <param name="providers">Create resources.</param>
    /// <param name="parts">What services add to templates.</param>
    /// <param name="creationTime">Service time.</param>
    /// <param name="before">The stack whose names and parameters this one is to have; null for a new one.</param>
    /// <exception cref="DeploymentException">With every error found. After an error in one resource, those that do not
    /// depend on it are still created, to find their errors. Nothing is deleted: the host stops.</exception>
    public static async Task<DeployedStack> DeployAsync(
        TemplateSource template,
        ParameterProfile parameters,
        StackIdentity identity,
        IReadOnlyCollection<IResourceProvider> providers,
        TemplateParts parts,
        DateTimeOffset creationTime,
        CancellationToken cancellationToken,
        DeployedStack? before = null)
    {
        var table = new ProviderTable(providers, parts);
        var errors = new ErrorList();
        var plan = StackPlan.Prepare(
            template, parameters, identity, table.Types, parts, errors, before?.ParameterValues);
        var generations = before?.Generations ?? new Dictionary<string, int>();
        var deployment = new StackDeployment(plan, table, creationTime, generations, errors);
        foreach (var resource in plan.Resources) await deployment.CreateAsync(resource, cancellationToken);
        errors.ThrowIfAny();

        var outputs = deployment.resolution.Outputs(deployment.deployed, errors);
        errors.ThrowIfAny();
        return new DeployedStack(
            identity, deployment.inOrder, outputs, plan.Parameters.Shown,
            [.. plan.Inert, .. deployment.inOrder.SelectMany(resource => resource.Inert)], plan.Description,
            creationTime)
        {
            ParameterValues = plan.Parameters.Texts,
            Updates = before?.Updates ?? 0,
        };
    }

    private async ValueTask CreateAsync(PlannedResource resource, CancellationToken cancellationToken)
    {
        if (resource.Dependencies.Any(dependency => !deployed.ContainsKey(dependency.LogicalId))) return;
        var (logicalId, type) = (resource.Entry.LogicalId, resource.Entry.Type);
        if (resolution.Resolve(resource, deployed, generations.GetValueOrDefault(logicalId), errors)
            is not { } declared) return;
        try
        {
            var made = await providers.CreateAsync(
                logicalId, type, declared, plan.Values.Stack, creationTime, cancellationToken);
            deployed.Add(logicalId, made);
            inOrder.Add(made);
        }
        catch (DeploymentException exception)
        {
            errors.Add(exception);
        }
    }
}
