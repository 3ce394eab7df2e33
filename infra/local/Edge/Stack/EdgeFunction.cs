namespace Isobar.Local.Edge.Stack;

/// <summary>A function that CloudFront may run.</summary>
/// <param name="CodeDirectory">Absolute.</param>
/// <param name="Handler">File without ending, a dot, and the name of what it exports.</param>
internal sealed record EdgeFunction(
    string Name, string Arn, string CodeDirectory, string Handler, string Runtime, int MemorySizeMb, TimeSpan Timeout);
