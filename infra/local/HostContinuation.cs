using Isobar.Local.Deployment;

namespace Isobar.Local;

/// <summary>
/// What a host keeps of the one whose place it takes after a reset: the stacks' ids, from which the names of resources
/// are made, and the time. Nothing else is kept: no object, message, item, event or environment.
/// </summary>
/// <param name="Stack">The core stack.</param>
/// <param name="EdgeStack">The website's stack; null where there was none.</param>
/// <param name="ClockOffset">How far service time is ahead; it never goes back.</param>
/// <param name="Resets">How many resets there have been with this one.</param>
internal sealed record HostContinuation(
    StackIdentity Stack, StackIdentity? EdgeStack, TimeSpan ClockOffset, int Resets)
{
    /// <summary>The core stack as it was: its parameters' values stay, and the names that were generated.</summary>
    public DeployedStack? Deployed { get; init; }

    /// <summary>The stack of live readings; null where there was none.</summary>
    public StackIdentity? LiveStack { get; init; }
}
