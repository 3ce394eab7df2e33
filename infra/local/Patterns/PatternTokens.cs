using System.Text;
using System.Text.Json;

namespace Isobar.Local.Patterns;

/// <summary>Reads the tokens of a pattern, and the position that AWS's parser would report.</summary>
/// <remarks>
/// AWS's parser reads strings late: until a string's text is read, the position is just behind its opening quote; after
/// a name it includes the value that follows. Derived from AWS's recorded answers.
/// </remarks>
internal ref struct PatternTokens
{
    private readonly string source;
    private readonly ReadOnlySpan<byte> text;
    private Utf8JsonReader reader;
    private bool textRead;

    public PatternTokens(string source)
    {
        this.source = source;
        text = Encoding.UTF8.GetBytes(source);
        reader = new Utf8JsonReader(text);
    }

    public readonly JsonTokenType Type => reader.TokenType;

    /// <summary>The literal text of a number.</summary>
    public readonly string Raw => Encoding.UTF8.GetString(reader.ValueSpan);

    public readonly double Number => reader.GetDouble();

    /// <exception cref="PatternException">The source is not JSON.</exception>
    public JsonTokenType Next()
    {
        textRead = false;
        try
        {
            if (!reader.Read()) throw SyntaxErrors.At(text, text.Length, source);
        }
        catch (JsonException)
        {
            throw SyntaxErrors.At(text, (int)reader.BytesConsumed, source);
        }

        return reader.TokenType;
    }

    /// <summary>Checks that only white space follows.</summary>
    public void End()
    {
        try
        {
            if (!reader.Read()) return;
        }
        catch (JsonException)
        {
        }

        throw SyntaxErrors.At(text, (int)reader.BytesConsumed, source);
    }

    /// <summary>The text of a string or a name.</summary>
    /// <exception cref="PatternException">An unpaired surrogate.</exception>
    public string Text()
    {
        textRead = true;
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Fail("Unpaired surrogate in a string");
        }
    }

    /// <summary>The tokens from here on, to look ahead.</summary>
    public readonly PatternTokens Ahead() => this;

    public readonly PatternException Fail(string reason) => new(reason, PlaceOf(text, Offset()), source);

    /// <summary>A reason that AWS gives without a place.</summary>
    public readonly PatternException FailPlaceless(string reason) => new(reason, null, source);

    internal static PatternPlace PlaceOf(ReadOnlySpan<byte> text, int offset)
    {
        var before = text[..Math.Min(offset, text.Length)];
        var line = before.LastIndexOf((byte)'\n') + 1;
        return new PatternPlace(before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[line..]) + 1);
    }

    private readonly int Offset()
    {
        if (reader.TokenType == JsonTokenType.String && !textRead) return (int)reader.TokenStartIndex + 1;
        if (reader.TokenType != JsonTokenType.PropertyName) return (int)reader.BytesConsumed;
        var ahead = reader;
        try
        {
            ahead.Read();
        }
        catch (JsonException)
        {
            return (int)reader.BytesConsumed;
        }

        return ahead.TokenType == JsonTokenType.String ? (int)ahead.TokenStartIndex + 1 : (int)ahead.BytesConsumed;
    }
}
