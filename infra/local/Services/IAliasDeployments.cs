namespace Isobar.Local.Services;

/// <summary>An alias that is to point to another version.</summary>
/// <param name="Alias">Its ARN.</param>
/// <param name="CurrentVersion">Where it points now.</param>
/// <param name="TargetVersion">Where it is to point.</param>
/// <param name="BeforeAllowTraffic">A function that checks the new version before it gets traffic; null for none.
/// </param>
/// <param name="AfterAllowTraffic">A function that checks it once it has all of it; null for none.</param>
internal sealed record AliasMove(
    Arn Alias, string CurrentVersion, string TargetVersion, string? BeforeAllowTraffic, string? AfterAllowTraffic);

/// <summary>Moves aliases by deployments that shift traffic step by step. It is found by a deployment group's ARN.
/// </summary>
internal interface IAliasDeployments : IServiceRole
{
    /// <summary>Creates a deployment and waits, without a time limit of its own, until it has ended.</summary>
    /// <returns>Why it failed, the traffic then being where it was; null when the alias has moved.</returns>
    /// <exception cref="Wire.AwsException">The deployment could not be created.</exception>
    Task<string?> MoveAsync(Arn group, AliasMove move, CancellationToken cancellationToken);
}
