namespace Isobar.Local.Deployment.Updates;

/// <summary>Takes back what an update did before it failed: changes first, then what it made.</summary>
internal sealed class UpdateRollback(
    ProviderTable providers, DeployedStack stack, Func<DateTimeOffset> now, Action<StackEvent> tell)
{
    /// <param name="steps">In the order in which they were done.</param>
    /// <returns>The stack's resources as they are now, and what could not be taken back.</returns>
    public async ValueTask<(IReadOnlyList<DeployedResource> Resources, IReadOnlyList<string> Left)> RunAsync(
        IReadOnlyList<UpdateStep> steps, CancellationToken cancellationToken)
    {
        var resources = stack.Resources.ToDictionary(resource => resource.LogicalId);
        var left = new List<string>();
        foreach (var step in steps.Reverse().Where(step => !step.IsCreation))
        {
            var id = step.After.LogicalId;
            Tell(step.After, StackStatus.UpdateInProgress, null);
            try
            {
                resources[id] = await providers.ChangeAsync(
                    step.After, step.Before!.Declared, step.Changed!, stack.Identity, now(), isRollback: true,
                    cancellationToken);
                Tell(step.After, StackStatus.UpdateComplete, null);
            }
            catch (DeploymentException failure)
            {
                Tell(step.After, StackStatus.UpdateFailed, failure.Message);
                left.Add($"{id} ({step.After.PhysicalId}) is as the update left it: {failure.Message}");
                resources[id] = step.After;
            }
        }

        var retained = steps.Where(step => step.IsRetained).Select(step => step.After).ToHashSet();
        left.AddRange(await new UpdateDeletions(providers, stack.Identity, now, tell).RunAsync(
            steps.Reverse().Where(step => step.IsCreation).Select(step => step.After), retained.Contains,
            cancellationToken));
        return ([.. stack.Resources.Select(resource => resources[resource.LogicalId])], left);
    }

    private void Tell(DeployedResource resource, string status, string? reason) => tell(new StackEvent(
        now(), resource.LogicalId, resource.PhysicalId, resource.Type, status, reason));
}
