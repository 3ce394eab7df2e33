using System.Collections.Immutable;

namespace Isobar.Local.Services.Ssm;

/// <summary>The words for types and tiers.</summary>
/// <remarks>Source: AWS Systems Manager API Reference, PutParameter.</remarks>
internal static class ParameterKinds
{
    public const string Text = "String";
    public const string TextList = "StringList";
    public const string Secure = "SecureString";

    public const string Standard = "Standard";
    public const string Advanced = "Advanced";

    /// <summary>Standard, unless the value needs the advanced tier.</summary>
    public const string Intelligent = "Intelligent-Tiering";

    /// <summary>The one data type that is built.</summary>
    public const string TextData = "text";

    /// <summary>The key of a SecureString that names none.</summary>
    public const string DefaultKey = "alias/aws/ssm";

    // In the order of AWS's messages.
    public static readonly string[] Types = [Secure, TextList, Text];

    public static readonly string[] Tiers = [Advanced, Intelligent, Standard];
}

/// <summary>One version of a parameter.</summary>
/// <param name="Value">As it is kept: the ciphertext of a SecureString, in Base64.</param>
/// <param name="Version">From 1.</param>
/// <param name="LastModified">Service time of the write.</param>
internal sealed record ParameterVersion(string Name, string Value, long Version, DateTimeOffset LastModified)
{
    public required string Type { get; init; }

    public required string Tier { get; init; }

    /// <summary>As it was given; null unless the value is encrypted.</summary>
    public string? KeyId { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Empty for none.</summary>
    public string AllowedPattern { get; init; } = "";

    /// <summary>ARN of the caller that wrote it.</summary>
    public required string LastModifiedUser { get; init; }

    /// <summary>In the order in which they were given.</summary>
    public ImmutableList<string> Labels { get; init; } = [];

    /// <summary>Without the value: a name and its version.</summary>
    public override string ToString() => $"{Name}:{Version}";
}

/// <summary>A parameter with the versions that are kept.</summary>
internal sealed class Parameter(ParameterVersion first)
{
    /// <summary>The oldest first; there is one at least.</summary>
    public List<ParameterVersion> Versions { get; } = [first];

    public SortedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    public ParameterVersion Latest => Versions[^1];

    /// <param name="selector">A version's number or one of its labels; null for the latest.</param>
    public ParameterVersion? Find(string? selector) => selector is null
        ? Latest
        : Versions.Find(version => $"{version.Version}" == selector || version.Labels.Contains(selector));
}
