using Isobar.Local.History;

namespace Isobar.Local.Services.CodeDeploy;

/// <summary>What the state has decided to do to other services.</summary>
internal abstract record CodeDeployEffect;

/// <summary>Reads where the alias is and how the alarms stand, and tells the state.</summary>
internal sealed record Look(string DeploymentId, Arn Alias, WatchedAlarms Alarms) : CodeDeployEffect;

/// <summary>Sends the alias's traffic elsewhere.</summary>
internal sealed record Shift(string DeploymentId, Arn Alias, AliasRouting Routing, TrafficShifted Fact)
    : CodeDeployEffect;

/// <summary>Invokes a validation function, asynchronously.</summary>
internal sealed record InvokeHook(
    string DeploymentId, string Event, Arn Function, string ExecutionId, Arn Group) : CodeDeployEffect;

/// <summary>Tells those who wait for the deployment, and the journal, that it has ended.</summary>
/// <param name="Failure">Why the alias has not moved; null when it has.</param>
internal sealed record ReportEnd(DeploymentEnded Fact, string? Failure) : CodeDeployEffect;

/// <summary>What <see cref="Look"/> found.</summary>
/// <param name="Routing">Null when there is no such alias.</param>
/// <param name="Active">Alarms in ALARM.</param>
/// <param name="Unknown">Alarms whose state can't be read.</param>
internal sealed record Observation(
    AliasRouting? Routing, IReadOnlyList<string> Active, IReadOnlyList<string> Unknown);
