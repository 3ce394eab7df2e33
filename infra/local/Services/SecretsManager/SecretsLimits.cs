namespace Isobar.Local.Services.SecretsManager;

/// <summary>Every number of the service.</summary>
/// <remarks>Source, unless said otherwise: AWS Secrets Manager API Reference, the members named.</remarks>
internal static class SecretsLimits
{
    /// <summary>Characters of a name.</summary>
    public const int MaxNameCharacters = 512;

    /// <summary>Characters of what names a secret in a request: a name or an ARN.</summary>
    public const int MaxIdCharacters = 2_048;

    public const int MaxDescriptionCharacters = 2_048;

    /// <summary>Characters of a request token, which becomes a version's id.</summary>
    public const int MinTokenCharacters = 32;

    public const int MaxTokenCharacters = 64;

    /// <summary>Characters of SecretString, bytes of SecretBinary.</summary>
    public const int MaxValue = 65_536;

    /// <summary>Characters of a staging label.</summary>
    public const int MaxStageCharacters = 256;

    /// <summary>Staging labels of a version, and of a request.</summary>
    public const int MaxStages = 20;

    /// <summary>Days that a secret waits for its deletion.</summary>
    public const int MinWaitDays = 7;

    public const int MaxWaitDays = 30;

    /// <summary>Secrets on a page.</summary>
    public const int MaxPage = 100;

    public const int MaxFilters = 10;

    public const int MaxFilterValues = 10;

    public const int MaxTags = 50;

    public const int MaxTagKeyCharacters = 128;

    public const int MaxTagValueCharacters = 256;

    /// <summary>Versions of a secret; older ones without a label go first.</summary>
    /// <remarks>Source: AWS Secrets Manager User Guide, quotas: about 100.</remarks>
    public const int MaxVersions = 100;

    /// <summary>Secrets of a Region.</summary>
    /// <remarks>Ours: AWS has 500,000.</remarks>
    public const int MaxSecrets = 1_000;

    /// <summary>Bytes of a request.</summary>
    /// <remarks>Ours: a value with each of its bytes escaped, and some.</remarks>
    public const int MaxRequestBytes = 1024 * 1024;

    /// <summary>Random characters that Secrets Manager adds to an ARN.</summary>
    /// <remarks>Source: AWS Secrets Manager User Guide, "What's in a secret".</remarks>
    public const int SuffixCharacters = 6;
}
