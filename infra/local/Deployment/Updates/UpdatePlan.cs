namespace Isobar.Local.Deployment.Updates;

/// <summary>What an update is going to do, worked out before anything is changed.</summary>
/// <param name="Stack">The stack as it is.</param>
/// <param name="Target">What it is to be.</param>
/// <param name="Changes">In the order in which they are made; removals last, in the opposite order of
/// creation.</param>
/// <param name="Changed">Whether the stack changes at all: the template may change its outputs only.</param>
internal sealed record UpdatePlan(
    DeployedStack Stack, StackPlan Target, IReadOnlyList<ResourceChange> Changes, bool Changed)
{
    /// <exception cref="DeploymentException">
    /// The template has errors, or asks for what can't be done to this stack: with every reason that was found.
    /// </exception>
    public static UpdatePlan Prepare(
        DeployedStack stack, TemplateSource template, ParameterProfile profile, ProviderTable providers,
        TemplateParts parts)
    {
        var errors = new ErrorList();
        var target = StackPlan.Prepare(
            template, profile, stack.Identity, providers.Types, parts, errors, stack.ParameterValues);
        var comparison = new UpdateComparison(stack, target, providers, errors);
        var changes = comparison.Changes();
        errors.ThrowIfAny();
        var outputs = comparison.OutputsChange();
        return new UpdatePlan(stack, target, changes, changes.Count > 0 || outputs);
    }
}
