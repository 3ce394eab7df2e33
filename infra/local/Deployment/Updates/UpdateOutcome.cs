namespace Isobar.Local.Deployment.Updates;

/// <summary>How an update ended.</summary>
/// <param name="Stack">What the stack is now.</param>
/// <param name="Failure">Why it failed; null when it is complete.</param>
internal sealed record UpdateOutcome(DeployedStack Stack, DeploymentException? Failure);
