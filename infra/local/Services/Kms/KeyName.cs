using System.Text.RegularExpressions;

namespace Isobar.Local.Services.Kms;

/// <summary>The Region and account of keys, which are parts of their ARNs.</summary>
internal sealed record KeyPlace(string Region, string AccountId)
{
    /// <param name="resource"><c>key/…</c> or <c>alias/…</c>.</param>
    public string ArnOf(string resource) => new Arn("aws", "kms", Region, AccountId, resource).ToString();

    public string ArnOf(Guid key) => ArnOf(KeyName.KeyPrefix + key);
}

/// <summary>What a KeyId of a request names: a key by its id, or an alias.</summary>
/// <remarks>Source: AWS KMS Developer Guide, "Key identifiers (KeyId)"; texts as AWS answers.</remarks>
internal readonly partial record struct KeyName
{
    public const string KeyPrefix = "key/";
    public const string AliasPrefix = "alias/";

    /// <summary>The model's pattern.</summary>
    public static readonly Regex AliasPattern = ModelPattern();

    private KeyName(Guid? key, string? alias) => (Key, Alias) = (key, alias);

    public Guid? Key { get; }

    /// <summary>With its prefix; null when a key is named by its id.</summary>
    public string? Alias { get; }

    /// <exception cref="Wire.AwsException">NotFoundException, InvalidArnException.</exception>
    public static KeyName Parse(string text, KeyPlace place)
    {
        if (!text.StartsWith("arn:", StringComparison.Ordinal)) return OfResource(text, text);
        if (Arn.TryParse(text) is not { Service: "kms", Resource: var resource } arn
            || !(resource.StartsWith(KeyPrefix, StringComparison.Ordinal)
                || resource.StartsWith(AliasPrefix, StringComparison.Ordinal)))
            throw KmsErrors.InvalidArn(text);
        if (arn.Region != place.Region) throw KmsErrors.ArnOfElsewhere(arn.Region);
        if (arn.AccountId != place.AccountId)
            throw resource.StartsWith(KeyPrefix, StringComparison.Ordinal)
                ? KmsErrors.KeyNotFound(text)
                : KmsErrors.AliasNotFound(text);
        return OfResource(
            resource.StartsWith(KeyPrefix, StringComparison.Ordinal) ? resource[KeyPrefix.Length..] : resource, text);
    }

    /// <summary>Whether an alias is of AWS's own: <c>alias/aws/</c> and the name of a service.</summary>
    public static bool IsManagedAlias(string alias) => ManagedAlias().IsMatch(alias);

    /// <summary>Checks the name of an alias that a caller makes, changes or deletes.</summary>
    /// <exception cref="Wire.AwsException">ValidationException, NotAuthorizedException.</exception>
    public static void CheckAlias(string alias)
    {
        if (!alias.StartsWith(AliasPrefix, StringComparison.Ordinal) || alias.Length == AliasPrefix.Length)
            throw KmsErrors.AliasWithoutPrefix();
        if (alias.StartsWith(AliasPrefix + "aws/", StringComparison.Ordinal)) throw KmsErrors.ReservedAlias();
        if (alias.Contains(':')) throw KmsErrors.AliasWithColon(alias);
    }

    private static KeyName OfResource(string resource, string text)
    {
        if (resource.StartsWith(AliasPrefix, StringComparison.Ordinal)) return new KeyName(null, resource);
        return Guid.TryParseExact(resource, "D", out var id)
            ? new KeyName(id, null)
            : throw KmsErrors.InvalidKeyId(text);
    }

    [GeneratedRegex("^[a-zA-Z0-9:/_-]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex ModelPattern();

    [GeneratedRegex(@"^alias/aws/[a-z0-9-]{1,64}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex ManagedAlias();
}
