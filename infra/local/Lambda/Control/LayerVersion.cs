using Isobar.Local.Lambda.Code;

namespace Isobar.Local.Lambda.Control;

/// <summary>A published version of a layer. It never changes.</summary>
/// <param name="LayerArn">Without the version.</param>
/// <param name="Version">1 and up; a number is never given twice.</param>
/// <param name="CompatibleRuntimes">Null when whoever published it said nothing; so with the next.</param>
/// <param name="CreatedAt">Service time.</param>
internal sealed record LayerVersion(
    string Name, string LayerArn, int Version, StoredCode Content, string Description, string? LicenseInfo,
    IReadOnlyList<string>? CompatibleRuntimes, IReadOnlyList<string>? CompatibleArchitectures,
    DateTimeOffset CreatedAt)
{
    /// <summary>With the version: what a function names.</summary>
    public string Arn => $"{LayerArn}:{Version}";
}
