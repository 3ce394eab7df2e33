using System.Text.RegularExpressions;

namespace Isobar.Local.Lambda.Images;

/// <summary>The address of an image in ECR.</summary>
/// <param name="Repository">Registry and repository.</param>
/// <param name="Tag">Null when a digest is given.</param>
/// <param name="Digest">Hexadecimal; null when a tag is given.</param>
internal sealed partial record ImageUri(string Repository, string? Tag, string? Digest)
{
    public static ImageUri Of(string accountId, string region, string repository, string tag) =>
        new($"{accountId}.dkr.ecr.{region}.amazonaws.com/{repository}", tag, null);

    /// <summary>By digest, whatever the tag names later.</summary>
    public string Resolved(string digest) => $"{Repository}@sha256:{digest}";

    public override string ToString() => Tag is null ? Resolved(Digest!) : $"{Repository}:{Tag}";

    /// <returns>
    /// Null when it is not the address of an image in ECR: Lambda takes no other registry, and no address without a tag
    /// or a digest.
    /// </returns>
    public static ImageUri? Parse(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success) return null;
        string? Group(string name) => match.Groups[name] is { Success: true, Value: var value } ? value : null;
        return new ImageUri(match.Groups["repository"].Value, Group("tag"), Group("digest"));
    }

    /// <remarks>Source: Amazon ECR User Guide, "Private registries" and "Private repositories", names.</remarks>
    [GeneratedRegex(
        @"^(?<repository>\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(\.cn)?/[a-z0-9][a-z0-9._/-]{0,255})"
        + @"(:(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})|@sha256:(?<digest>[0-9a-f]{64}))\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Pattern();
}
