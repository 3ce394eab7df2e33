namespace Isobar.Local.Services.Ssm;

/// <summary>Parameter Store's numbers.</summary>
/// <remarks>
/// Source, unless a member says otherwise: AWS General Reference, "AWS Systems Manager endpoints and quotas"; AWS
/// Systems Manager API Reference, the operation's page, and the service's model.
/// </remarks>
internal static class SsmLimits
{
    /// <summary>Ours: room for a value of the advanced tier with every character escaped.</summary>
    public const long MaxRequestBytes = 131_072;

    /// <summary>Parameters of the standard tier in a Region.</summary>
    public const int MaxParameters = 10_000;

    /// <summary>Parameters of the advanced tier in a Region.</summary>
    public const int MaxAdvancedParameters = 100_000;

    /// <summary>Versions of a parameter that are kept.</summary>
    public const int MaxVersions = 100;

    /// <summary>Characters of a value in the standard tier; bytes where it is encrypted.</summary>
    public const int MaxValueCharacters = 4_096;

    /// <summary>The same in the advanced tier.</summary>
    public const int MaxAdvancedValueCharacters = 8_192;

    /// <summary>Characters of a name as the service's model limits it; part of them is the service's own.</summary>
    public const int MaxNameCharacters = 2_048;

    /// <summary>Characters of a name with the ARN in front of it.</summary>
    public const int MaxQualifiedNameCharacters = 1_011;

    /// <summary>Levels of a hierarchy.</summary>
    public const int MaxLevels = 15;

    public const int MaxDescriptionCharacters = 1_024;

    public const int MaxPatternCharacters = 1_024;

    public const int MaxKeyIdCharacters = 256;

    /// <summary>Labels of a version.</summary>
    public const int MaxLabels = 10;

    public const int MaxLabelCharacters = 100;

    /// <summary>Tags of a parameter.</summary>
    public const int MaxTags = 50;

    public const int MaxTagKeyCharacters = 128;

    public const int MaxTagValueCharacters = 256;

    /// <summary>Names in a request of GetParameters and DeleteParameters.</summary>
    public const int MaxNamesInRequest = 10;

    /// <summary>Parameters on a page of GetParametersByPath, which is also the default.</summary>
    public const int MaxOnPathPage = 10;

    /// <summary>Items on a page of the other lists, which is also the default.</summary>
    public const int MaxOnPage = 50;
}
