namespace Isobar.Local.Services;

/// <summary>Where an alias sends its traffic.</summary>
/// <param name="Version">The version that gets what <paramref name="Additional"/> does not.</param>
/// <param name="Additional">A second version; null for none.</param>
/// <param name="Weight">The share of <paramref name="Additional"/>, 0 to 1.</param>
internal sealed record AliasRouting(string Version, string? Additional = null, double Weight = 0);

/// <summary>
/// A service whose resources have aliases: names that send traffic to one version, or to two by weight. It is found by
/// an alias's ARN.
/// </summary>
internal interface ITrafficAliases : IServiceRole
{
    /// <returns>Null when there is no such alias.</returns>
    AliasRouting? Find(Arn alias);

    /// <summary>Sends an alias's traffic elsewhere: what begins after this returns goes there.</summary>
    /// <exception cref="Wire.AwsException">There is no such alias or version, or the two can't share one.</exception>
    void Route(Arn alias, AliasRouting routing);
}
