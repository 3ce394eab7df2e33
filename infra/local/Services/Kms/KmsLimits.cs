namespace Isobar.Local.Services.Kms;

/// <summary>KMS's numbers.</summary>
/// <remarks>
/// Source, unless a member says otherwise: AWS KMS API Reference, and its model; quotas: AWS KMS Developer Guide,
/// "Resource quotas".
/// </remarks>
internal static class KmsLimits
{
    /// <summary>Ours: room for a key policy of the longest text that the model takes, escaped.</summary>
    public const long MaxRequestBytes = 524_288;

    /// <summary>Customer managed keys in a Region, in any state.</summary>
    public const int MaxKeys = 100_000;

    /// <summary>Ours: keys that AWS manages in a Region, one for each service that has any.</summary>
    public const int MaxManagedKeys = 200;

    /// <summary>Aliases of a key.</summary>
    public const int MaxAliasesOfKey = 50;

    /// <summary>Bytes that Encrypt takes.</summary>
    public const int MaxPlaintextBytes = 4_096;

    /// <summary>Bytes that Decrypt takes.</summary>
    public const int MaxCiphertextBytes = 6_144;

    /// <summary>Bytes of a data key.</summary>
    public const int MaxDataKeyBytes = 1_024;

    /// <summary>Characters of a key's id, ARN or alias.</summary>
    public const int MaxKeyIdCharacters = 2_048;

    public const int MaxAliasCharacters = 256;

    public const int MaxDescriptionCharacters = 8_192;

    /// <summary>Characters of a key policy as the model limits it; the quota is <see cref="MaxPolicyBytes"/>.</summary>
    public const int MaxPolicyCharacters = 131_072;

    public const int MaxPolicyBytes = 32_768;

    public const int MaxTags = 50;

    public const int MaxTagKeyCharacters = 128;

    public const int MaxTagValueCharacters = 256;

    /// <summary>Days that a key waits for its deletion; the default is the most.</summary>
    public const int MinWaitDays = 7;

    public const int MaxWaitDays = 30;

    public const int MaxMarkerCharacters = 1_024;

    /// <summary>Items on a page, as the model limits every list.</summary>
    public const int MaxPageSize = 1_000;

    public const int DefaultKeysOnPage = 100;

    public const int DefaultAliasesOnPage = 50;

    public const int DefaultTagsOnPage = 50;

    /// <summary>Bytes of a key's material: AES with 256 bits.</summary>
    public const int MaterialBytes = 32;
}
