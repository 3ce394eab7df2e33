namespace Isobar.Local.Deployment;

/// <summary>A place in a template or on the command line, for error messages.</summary>
/// <param name="File">As the person named it, for example <c>template.yaml</c>.</param>
/// <param name="Line">From 1; 0 when the text has no lines (a command-line argument).</param>
/// <param name="Column">From 1; 0 when unknown.</param>
internal sealed record SourceLocation(string File, int Line, int Column)
{
    public override string ToString() => Line > 0 ? $"{File}:{Line}" : File;
}
