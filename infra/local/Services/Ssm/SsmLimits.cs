namespace Isobar.Local.Services.Ssm;

/// <summary>Parameter Store's numbers.</summary>
/// <remarks>
/// Source, unless a member says otherwise: AWS General Reference, "AWS Systems Manager endpoints and quotas", for the
/// standard tier; AWS Systems Manager API Reference, PutParameter.
/// </remarks>
internal static class SsmLimits
{
    /// <summary>Ours: room for a value of the advanced tier with every character escaped.</summary>
    public const long MaxRequestBytes = 131_072;

    /// <summary>Parameters in a Region.</summary>
    public const int MaxParameters = 10_000;

    /// <summary>Versions of a parameter that are kept.</summary>
    public const int MaxVersions = 100;

    /// <summary>Characters of a value.</summary>
    public const int MaxValueCharacters = 4_096;

    /// <summary>Characters of a name as the service's model limits it; part of them is the service's own.</summary>
    public const int MaxNameCharacters = 2_048;

    /// <summary>Characters of a name with the ARN in front of it.</summary>
    public const int MaxQualifiedNameCharacters = 1_011;

    /// <summary>Levels of a hierarchy.</summary>
    public const int MaxLevels = 15;
}
