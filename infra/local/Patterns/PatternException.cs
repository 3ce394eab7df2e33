namespace Isobar.Local.Patterns;

/// <summary>What is wrong with a pattern, and where: services put it into errors of their own.</summary>
/// <param name="reason">AWS's text, without the place.</param>
/// <param name="place">Where in the source; null for reasons that AWS gives without a place.</param>
internal sealed class PatternException(string reason, PatternPlace? place, string source) : Exception(reason)
{
    // AWS's messages quote this many bytes of the source, and give the number of the others.
    private const int QuotedCharacters = 500;

    public string Reason => Message;

    public PatternPlace? Place => place;

    /// <summary>Whether the source is not JSON.</summary>
    public bool IsSyntax { get; init; }

    /// <summary>The reason as AWS writes it where it shows the source.</summary>
    public string WithSource() =>
        place is null
            ? Reason
            : $"{Reason}\n at [Source: (String)\"{Quoted()}; line: {place.Line}, column: {place.Column}]";

    private string Quoted() => source.Length <= QuotedCharacters
        ? source + '"'
        : $"{source[..QuotedCharacters]}\"[truncated {source.Length - QuotedCharacters} chars]";
}

/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in UTF-16 code units.</param>
internal sealed record PatternPlace(int Line, int Column);
