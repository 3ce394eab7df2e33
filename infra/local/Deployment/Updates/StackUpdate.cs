namespace Isobar.Local.Deployment.Updates;

/// <summary>
/// Carries out a plan in CloudFormation's order: creates and changes resources after what they need, then deletes what
/// is no longer needed. When a step fails, what was done is taken back.
/// </summary>
/// <param name="now">Service time.</param>
/// <param name="tell">Is told of each step.</param>
internal sealed class StackUpdate(
    UpdatePlan plan, ProviderTable providers, Func<DateTimeOffset> now, Action<StackEvent> tell)
{
    private readonly DeployedStack stack = plan.Stack;
    private readonly int generation = plan.Stack.Updates + 1;
    private readonly ResourceResolution resolution = new(plan.Target);
    private readonly Dictionary<string, DeployedResource> before =
        plan.Stack.Resources.ToDictionary(resource => resource.LogicalId);

    private readonly Dictionary<string, DeployedResource> made = new(StringComparer.Ordinal);
    private readonly List<DeployedResource> inOrder = [];
    private readonly List<UpdateStep> steps = [];

    /// <exception cref="OperationCanceledException">The host stops; the stack is left as it is then.</exception>
    public async Task<UpdateOutcome> RunAsync(CancellationToken cancellationToken)
    {
        TellStack(StackStatus.UpdateInProgress);
        IReadOnlyList<StackOutput> outputs;
        try
        {
            foreach (var resource in plan.Target.Resources) await MakeAsync(resource, cancellationToken);
            var errors = new ErrorList();
            outputs = resolution.Outputs(made, errors);
            errors.ThrowIfAny();
        }
        catch (DeploymentException failure)
        {
            return await RollBackAsync(failure, cancellationToken);
        }

        var left = await new UpdateDeletions(providers, stack.Identity, now, tell).RunAsync(
            stack.Resources.Reverse().Where(IsGivenUp), IsRetained, cancellationToken);
        var reason = left.Count == 0 ? null : $"These resources could not be deleted: {string.Join(", ", left)}";
        TellStack(StackStatus.UpdateComplete, reason);
        return new UpdateOutcome(
            stack with
            {
                Resources = [.. inOrder],
                Outputs = outputs,
                Parameters = plan.Target.Parameters.Shown,
                ParameterValues = plan.Target.Parameters.Texts,
                Inert = [.. plan.Target.Inert, .. inOrder.SelectMany(resource => resource.Inert)],
                Description = plan.Target.Description,
                Status = StackStatus.UpdateComplete,
                StatusReason = reason,
                LastUpdatedTime = now(),
                Updates = generation,
            },
            null);
    }

    private async ValueTask MakeAsync(PlannedResource resource, CancellationToken cancellationToken)
    {
        var (logicalId, type) = (resource.Entry.LogicalId, resource.Entry.Type);
        var existing = before.GetValueOrDefault(logicalId);
        var errors = new ErrorList();
        var declared = resolution.Resolve(
            resource, made, existing?.Declared.Generation ?? generation, errors);
        errors.ThrowIfAny();
        var changed = existing is null
            ? null
            : PropertyDifferences.Of(existing.Declared.Properties, declared!.Properties);
        var result = (existing, changed) switch
        {
            (null, _) => await CreateAsync(resource, declared!, null, cancellationToken),
            (_, { Count: 0 }) => existing with { Declared = declared! },
            _ => await ChangeAsync(resource, existing, declared!, changed!, cancellationToken),
        };
        made.Add(logicalId, result);
        inOrder.Add(result);
    }

    private async ValueTask<DeployedResource> ChangeAsync(
        PlannedResource resource, DeployedResource existing, DeclaredResource declared, IReadOnlySet<string> changed,
        CancellationToken cancellationToken)
    {
        var updates = providers.Of(existing.Type).UpdatesOf(existing.Type);
        if (UpdateRules.Refuse(existing, updates, changed) is { } refusal)
            throw Failed(existing, StackStatus.UpdateFailed, new DeploymentException(
                declared.Location, existing.LogicalId, refusal.Reason));
        if (changed.Overlaps(updates.Replacement))
        {
            var next = declared with { Generation = generation };
            return await CreateAsync(resource, next, existing, cancellationToken);
        }

        Tell(existing, StackStatus.UpdateInProgress);
        try
        {
            var result = await providers.ChangeAsync(
                existing, declared, changed, stack.Identity, now(), isRollback: false, cancellationToken);
            steps.Add(new UpdateStep(result, existing, changed, IsCreation: false, IsRetained: false));
            Tell(result, StackStatus.UpdateComplete);
            return result;
        }
        catch (DeploymentException failure)
        {
            throw Failed(existing, StackStatus.UpdateFailed, failure);
        }
    }

    private async ValueTask<DeployedResource> CreateAsync(
        PlannedResource resource, DeclaredResource declared, DeployedResource? replaced,
        CancellationToken cancellationToken)
    {
        var (entry, isNew) = (resource.Entry, replaced is null);
        var place = replaced ?? new DeployedResource(
            entry.LogicalId, entry.Type, "", "", new Dictionary<string, string>());
        if (isNew) Tell(place, StackStatus.CreateInProgress);
        else Tell(place, StackStatus.UpdateInProgress,
            "Requested update requires the creation of a new physical resource; hence creating one.");
        try
        {
            var result = await providers.CreateAsync(
                entry.LogicalId, entry.Type, declared, stack.Identity, now(), cancellationToken);
            result = result with { Status = isNew ? StackStatus.CreateComplete : StackStatus.UpdateComplete };
            steps.Add(new UpdateStep(
                result, replaced, null, IsCreation: true, IsRetained: RetentionPolicies.OnRollback(entry)));
            Tell(result, result.Status);
            return result;
        }
        catch (DeploymentException failure)
        {
            throw Failed(place, isNew ? StackStatus.CreateFailed : StackStatus.UpdateFailed, failure);
        }
    }

    private async ValueTask<UpdateOutcome> RollBackAsync(
        DeploymentException failure, CancellationToken cancellationToken)
    {
        TellStack(StackStatus.RollbackInProgress, failure.Message);
        var rollback = new UpdateRollback(providers, stack, now, tell);
        var (resources, left) = await rollback.RunAsync(steps, cancellationToken);
        var status = left.Count == 0 ? StackStatus.RollbackComplete : StackStatus.RollbackFailed;
        var reason = left.Count == 0
            ? failure.Message
            : $"{failure.Message}\nThe rollback failed, too, and left this:\n{string.Join('\n', left)}";
        TellStack(status, left.Count == 0 ? null : reason);
        return new UpdateOutcome(
            stack with
            {
                Resources = resources,
                Status = status,
                StatusReason = reason,
                LastUpdatedTime = now(),
                Updates = generation,
            },
            failure);
    }

    private bool IsGivenUp(DeployedResource old) =>
        !made.TryGetValue(old.LogicalId, out var current) || IsReplaced(old, current);

    private bool IsRetained(DeployedResource old) =>
        made.ContainsKey(old.LogicalId) ? old.Declared.RetainedOnReplacement : old.Declared.RetainedOnDeletion;

    private static bool IsReplaced(DeployedResource old, DeployedResource current) =>
        old.Declared.Generation != current.Declared.Generation;

    private DeploymentException Failed(DeployedResource place, string status, DeploymentException failure)
    {
        Tell(place, status, failure.Message);
        return failure;
    }

    private void Tell(DeployedResource resource, string status, string? reason = null) => tell(new StackEvent(
        now(), resource.LogicalId, resource.PhysicalId, resource.Type, status, reason));

    private void TellStack(string status, string? reason = null) => tell(new StackEvent(
        now(), stack.Identity.StackName, stack.Identity.StackId, StackEvent.StackType, status, reason));
}

/// <summary>A step that was done.</summary>
/// <param name="After">The resource as the step left it.</param>
/// <param name="Before">As it was before; null when there was none.</param>
/// <param name="Changed">What was changed in place; null of a resource that was made.</param>
/// <param name="IsRetained">Whether a resource that was made stays when the update is taken back.</param>
internal sealed record UpdateStep(
    DeployedResource After, DeployedResource? Before, IReadOnlySet<string>? Changed, bool IsCreation, bool IsRetained);
