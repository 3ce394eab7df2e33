namespace Isobar.Local.Edge.Stack;

/// <summary>A function that CloudFront may run.</summary>
/// <param name="CodeDirectory">Absolute.</param>
/// <param name="Handler">File without ending, a dot, and the name of what it exports.</param>
/// <param name="Runtime">For example <c>nodejs22.x</c>.</param>
internal sealed record EdgeFunction(
    string Name, string Arn, string CodeDirectory, string Handler, string Runtime, int MemorySizeMb, TimeSpan Timeout)
{
    public bool IsPython => Runtime.StartsWith("python", StringComparison.Ordinal);

    /// <summary>What the function has that CloudFront does not run, in CloudFront's words; often nothing.</summary>
    public IReadOnlyList<string> Defects { get; init; } = [];

    /// <summary>Of the package, compressed.</summary>
    public long PackageBytes { get; init; }
}
