using System.Collections.Immutable;

namespace Isobar.Local.Deployment;

/// <summary>
/// The stacks that the host has deployed. A deployed stack does not change, so the list is replaced whole, never
/// edited.
/// </summary>
internal sealed class DeployedStacks
{
    private ImmutableArray<DeployedStack> stacks = [];

    /// <summary>Shows a stack from now on.</summary>
    public void Publish(DeployedStack stack) =>
        ImmutableInterlocked.Update(ref stacks, (list, added) => list.Add(added), stack);

    /// <summary>The stacks of a Region, in the order of their deployment.</summary>
    public IEnumerable<DeployedStack> In(string region) => stacks.Where(stack => stack.Identity.Region == region);
}
