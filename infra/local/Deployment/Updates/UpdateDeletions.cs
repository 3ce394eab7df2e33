namespace Isobar.Local.Deployment.Updates;

/// <summary>Deletes what an update, or its rollback, gives up. What can't be deleted stays, and is told.</summary>
internal sealed class UpdateDeletions(
    ProviderTable providers, StackIdentity stack, Func<DateTimeOffset> now, Action<StackEvent> tell)
{
    /// <param name="resources">In the order of their deletion.</param>
    /// <param name="isRetained">Whether a policy says that a resource stays.</param>
    /// <returns>Those that could not be deleted, with the reason.</returns>
    public async ValueTask<IReadOnlyList<string>> RunAsync(
        IEnumerable<DeployedResource> resources, Func<DeployedResource, bool> isRetained,
        CancellationToken cancellationToken)
    {
        var left = new List<string>();
        foreach (var resource in resources)
        {
            if (isRetained(resource))
            {
                Tell(resource, StackStatus.DeleteSkipped, null);
                continue;
            }

            Tell(resource, StackStatus.DeleteInProgress, null);
            try
            {
                await providers.DeleteAsync(resource, stack, cancellationToken);
                Tell(resource, StackStatus.DeleteComplete, null);
            }
            catch (DeploymentException failure)
            {
                Tell(resource, StackStatus.DeleteFailed, failure.Message);
                left.Add($"{resource.LogicalId} ({resource.PhysicalId}): {failure.Message}");
            }
        }

        return left;
    }

    private void Tell(DeployedResource resource, string status, string? reason) => tell(new StackEvent(
        now(), resource.LogicalId, resource.PhysicalId, resource.Type, status, reason));
}
