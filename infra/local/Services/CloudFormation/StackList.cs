using System.Collections.Immutable;
using Isobar.Local.Deployment;

namespace Isobar.Local.Services.CloudFormation;

/// <summary>
/// The deployed stacks. A deployed stack does not change, so the list is replaced whole, never edited.
/// </summary>
internal sealed class StackList
{
    private ImmutableArray<DeployedStack> stacks = [];

    public IReadOnlyList<DeployedStack> All => stacks;

    public void Publish(DeployedStack stack) =>
        ImmutableInterlocked.Update(ref stacks, (list, added) => list.Add(added), stack);

    /// <param name="nameOrId">A stack's name or its ARN.</param>
    /// <exception cref="Wire.AwsException">ValidationError: there is no such stack.</exception>
    public DeployedStack Find(string nameOrId) =>
        stacks.FirstOrDefault(stack => stack.Identity.StackName == nameOrId || stack.Identity.StackId == nameOrId)
        ?? throw CloudFormationErrors.StackNotFound(nameOrId);
}
