using System.Collections.Immutable;

namespace Isobar.Local.Deployment;

/// <summary>
/// The stacks that the host has deployed. A deployed stack does not change: an update publishes another in its place.
/// </summary>
internal sealed class DeployedStacks
{
    private ImmutableArray<DeployedStack> stacks = [];

    /// <summary>Shows a stack from now on, in the place of the one with its id, if there is one.</summary>
    public void Publish(DeployedStack stack) => ImmutableInterlocked.Update(
        ref stacks,
        (list, added) => list.FirstOrDefault(other => other.Identity.StackId == added.Identity.StackId) is { } before
            ? list.Replace(before, added)
            : list.Add(added),
        stack);

    /// <summary>The stacks of a Region, in the order of their deployment.</summary>
    public IEnumerable<DeployedStack> In(string region) => stacks.Where(stack => stack.Identity.Region == region);
}
