namespace Isobar.Local.Patterns;

/// <summary>What is wrong with a pattern, and where: services put it into errors of their own.</summary>
/// <param name="reason">AWS's text, without the place.</param>
/// <param name="place">Where in the source; null for reasons that AWS gives without a place.</param>
internal sealed class PatternException(string reason, PatternPlace? place, string source) : Exception(reason)
{
    // The parser behind AWS's messages quotes so much of a source and counts the rest.
    private const int QuotedCharacters = 500;

    public string Reason => Message;

    public PatternPlace? Place => place;

    /// <summary>Whether the source is not even JSON.</summary>
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
