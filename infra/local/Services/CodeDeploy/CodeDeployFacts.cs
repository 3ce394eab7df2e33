using Isobar.Local.History;

namespace Isobar.Local.Services.CodeDeploy;

/// <summary>A deployment has sent an alias's traffic elsewhere.</summary>
/// <param name="RequestId">The deployment's id.</param>
/// <param name="Alias">Its ARN.</param>
/// <param name="Version">The version that gets the rest.</param>
/// <param name="Target">The version that gets <paramref name="Percent"/>.</param>
internal sealed record TrafficShifted(string RequestId, string Alias, string Version, string Target, double Percent)
    : IFact
{
    public string? Resource => FactResource.OfArn(Alias);
}

/// <summary>A deployment has ended.</summary>
/// <param name="RequestId">The deployment's id.</param>
/// <param name="Alias">The ARN of the alias that it moves.</param>
/// <param name="Status"><c>Succeeded</c>, <c>Failed</c> or <c>Stopped</c>.</param>
/// <param name="ErrorCode">For example <c>ALARM_ACTIVE</c>; null when it succeeded.</param>
/// <param name="RolledBackBy">The deployment that undoes it; null for none.</param>
internal sealed record DeploymentEnded(
    string RequestId, string Alias, string Status, string? ErrorCode, string? RolledBackBy) : IFact
{
    public string? Resource => FactResource.OfArn(Alias);
}
