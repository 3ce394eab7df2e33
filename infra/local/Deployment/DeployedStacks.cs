using System.Collections.Immutable;

namespace Isobar.Local.Deployment;

/// <summary>
/// The stacks that the host has deployed. A deployed stack does not change, so the list is replaced whole, never
/// edited.
/// </summary>
internal sealed class DeployedStacks
{
    private ImmutableArray<DeployedStack> stacks = [];

    public IReadOnlyList<DeployedStack> All => stacks;

    /// <summary>Shows a stack from now on.</summary>
    public void Publish(DeployedStack stack) =>
        ImmutableInterlocked.Update(ref stacks, (list, added) => list.Add(added), stack);

    /// <param name="nameOrId">A stack's name or its ARN.</param>
    public DeployedStack? Find(string nameOrId) =>
        stacks.FirstOrDefault(stack => stack.Identity.StackName == nameOrId || stack.Identity.StackId == nameOrId);
}
