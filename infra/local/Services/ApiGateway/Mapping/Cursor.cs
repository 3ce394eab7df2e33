namespace Isobar.Local.Services.ApiGateway.Mapping;

/// <summary>Where a reader stands in a template's text.</summary>
/// <param name="line">The line of the first character, from 1.</param>
internal sealed class Cursor(string text, int line = 1)
{
    public int Position { get; private set; }

    public bool AtEnd => Position >= text.Length;

    /// <summary>The character at this place, or NUL at the end.</summary>
    public char Current => At(0);

    public int Line => line + text.AsSpan(0, Math.Min(Position, text.Length)).Count('\n');

    public char At(int offset) => Position + offset < text.Length ? text[Position + offset] : '\0';

    public bool Looks(string ahead) => string.CompareOrdinal(text, Position, ahead, 0, ahead.Length) == 0;

    public void Skip(int count = 1) => Position = Math.Min(Position + count, text.Length);

    public bool TryTake(string expected)
    {
        if (!Looks(expected)) return false;
        Skip(expected.Length);
        return true;
    }

    /// <exception cref="TemplateSyntaxException">Something else stands here.</exception>
    public void Take(string expected)
    {
        SkipBlanks();
        if (!TryTake(expected)) throw Error($"{expected} is missing");
    }

    public string TakeWhile(Func<char, bool> wanted)
    {
        var start = Position;
        while (!AtEnd && wanted(Current)) Skip();
        return text[start..Position];
    }

    /// <summary>Up to a mark, which is taken too.</summary>
    /// <exception cref="TemplateSyntaxException">The mark does not come.</exception>
    public string TakeUntil(string mark)
    {
        var end = text.IndexOf(mark, Position, StringComparison.Ordinal);
        if (end < 0) throw Error($"{mark} is missing");
        var taken = text[Position..end];
        Position = end + mark.Length;
        return taken;
    }

    public void SkipBlanks() => TakeWhile(char.IsWhiteSpace);

    /// <summary>As in Velocity, the rest of a directive's line is left out if it is blank.</summary>
    public void SkipBlankRestOfLine()
    {
        var ahead = 0;
        while (At(ahead) is ' ' or '\t' or '\r') ahead++;
        if (At(ahead) == '\n') Skip(ahead + 1);
    }

    public string TakeName() =>
        char.IsAsciiLetter(Current) || Current == '_'
            ? TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
            : throw Error("a name is missing");

    public TemplateSyntaxException Error(string message) => new(Line, message);
}
