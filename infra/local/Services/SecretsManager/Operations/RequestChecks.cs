using Isobar.Local.Wire;

namespace Isobar.Local.Services.SecretsManager.Operations;

/// <summary>What several requests have, checked.</summary>
internal static class RequestChecks
{
    /// <summary>The constraints of the model. A value that is too long is not shown.</summary>
    public static ModelConstraints Of(
        string? token, string? description, string? text, byte[]? binary)
    {
        if (text is { Length: 0 or > SecretsLimits.MaxValue })
            throw SecretsErrors.InvalidParameter(
                $"SecretString must have from 1 to {SecretsLimits.MaxValue} characters.");
        return new ModelConstraints()
            .Length("clientRequestToken", token, SecretsLimits.MinTokenCharacters, SecretsLimits.MaxTokenCharacters)
            .Length("description", description, 0, SecretsLimits.MaxDescriptionCharacters)
            .Length("secretBinary", binary, 1, SecretsLimits.MaxValue);
    }

    public static ModelConstraints SecretId(this ModelConstraints constraints, string? id) => constraints
        .Required("secretId", id)
        .Length("secretId", id, 1, SecretsLimits.MaxIdCharacters);

    /// <exception cref="AwsException">InvalidParameterException.</exception>
    public static IReadOnlyDictionary<string, string> Tags(IReadOnlyList<TagShape>? tags)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in tags ?? [])
        {
            if (tag.Key is not { Length: > 0 and <= SecretsLimits.MaxTagKeyCharacters }
                || tag.Value?.Length > SecretsLimits.MaxTagValueCharacters
                || tag.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                throw SecretsErrors.InvalidParameter($"The tag {tag.Key} is not valid.");
            if (!read.TryAdd(tag.Key, tag.Value ?? ""))
                throw SecretsErrors.InvalidParameter($"The tag {tag.Key} is there twice.");
        }

        return read.Count <= SecretsLimits.MaxTags
            ? read
            : throw SecretsErrors.InvalidParameter($"A secret has at most {SecretsLimits.MaxTags} tags.");
    }

    /// <summary>An instant as the protocol has it.</summary>
    public static decimal? Seconds(DateTimeOffset? instant) =>
        instant is { } known ? Math.Round(known.ToUnixTimeMilliseconds() / 1_000m, 3) : null;
}
