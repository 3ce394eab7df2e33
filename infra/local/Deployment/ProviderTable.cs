using Isobar.Local.Deployment.Updates;

namespace Isobar.Local.Deployment;

/// <summary>Finds what creates, changes and deletes the resources of a type.</summary>
internal sealed class ProviderTable
{
    private readonly Dictionary<string, IResourceProvider> providers;

    /// <param name="parts">What services add to templates; its inert types are created, too.</param>
    public ProviderTable(IEnumerable<IResourceProvider> providers, TemplateParts parts) =>
        this.providers = providers.Append(new InertResources(parts.InertTypes))
            .SelectMany(provider => provider.ResourceTypes, (provider, type) => (provider, type))
            .ToDictionary(pair => pair.type, pair => pair.provider);

    public IReadOnlyCollection<string> Types => providers.Keys;

    public IResourceProvider Of(string type) => providers[type];

    /// <summary>Creates a resource, with what it was made from noted.</summary>
    /// <exception cref="DeploymentException">Whatever the reason, with the line of the template.</exception>
    public Task<DeployedResource> CreateAsync(
        string logicalId, string type, DeclaredResource declared, StackIdentity stack, DateTimeOffset now,
        CancellationToken cancellationToken) =>
        MakeAsync(
            logicalId, type, declared, stack, now, "refused",
            declaration => Of(type).CreateAsync(declaration, cancellationToken));

    /// <summary>Changes a resource in place.</summary>
    /// <param name="changed">The top-level properties with another value.</param>
    /// <exception cref="DeploymentException">Whatever the reason; nothing of it was changed.</exception>
    public Task<DeployedResource> ChangeAsync(
        DeployedResource existing, DeclaredResource declared, IReadOnlySet<string> changed, StackIdentity stack,
        DateTimeOffset now, bool isRollback, CancellationToken cancellationToken)
    {
        var (logicalId, type) = (existing.LogicalId, existing.Type);
        var change = Of(type).UpdatesOf(type).Change
            ?? throw new InvalidOperationException($"{type} can't be changed in place.");
        return MakeAsync(
            logicalId, type, declared, stack, now, "not changed",
            async declaration => await change(
                new ResourceUpdate(existing, existing.Declared.For(logicalId, type, stack), declaration, changed)
                {
                    IsRollback = isRollback,
                },
                cancellationToken) with { Status = StackStatus.UpdateComplete });
    }

    /// <summary>Deletes a resource.</summary>
    /// <exception cref="DeploymentException">Whatever the reason.</exception>
    public async Task DeleteAsync(DeployedResource resource, StackIdentity stack, CancellationToken cancellationToken)
    {
        var (logicalId, type) = (resource.LogicalId, resource.Type);
        var declaration = resource.Declared.For(logicalId, type, stack);
        try
        {
            if (Of(type).UpdatesOf(type).Delete is not { } delete)
                throw new DeploymentException(declaration.Location, logicalId, UpdateRules.NoDeletion(type));
            await delete(new ResourceDeletion(resource, declaration), cancellationToken);
        }
        catch (Exception exception) when (exception is not (DeploymentException or OperationCanceledException))
        {
            throw new DeploymentException(
                declaration.Location, logicalId, $"{type} was not deleted: {exception.Message}", exception);
        }
    }

    /// <summary>Runs what makes or changes a resource, and notes what it was made from.</summary>
    /// <param name="failed">A past participle that completes "AWS::SQS::Queue was …".</param>
    /// <exception cref="DeploymentException">Whatever the reason, with the line of the template.</exception>
    public static async Task<DeployedResource> MakeAsync(
        string logicalId, string type, DeclaredResource declared, StackIdentity stack, DateTimeOffset now,
        string failed, Func<ResourceDeclaration, ValueTask<DeployedResource>> make)
    {
        var declaration = declared.For(logicalId, type, stack);
        try
        {
            var made = await make(declaration);
            declaration.Properties.Finish();
            declaration.UpdatePolicy?.Finish();
            return made with { Declared = declared, Inert = declaration.Properties.InertSettings, LastUpdated = now };
        }
        catch (Exception exception) when (exception is not (DeploymentException or OperationCanceledException))
        {
            // The service refused it, for example for an invalid bucket name: add the line of the template.
            var message = $"{type} was {failed}: {exception.Message}";
            throw new DeploymentException(declared.Location, logicalId, message, exception);
        }
    }
}
