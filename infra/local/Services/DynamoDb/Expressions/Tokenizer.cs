namespace Isobar.Local.Services.DynamoDb.Expressions;

/// <summary>Cuts an expression into tokens, without copying any of its text.</summary>
internal static class Tokenizer
{
    /// <returns>The tokens in order, the last one <see cref="TokenKind.End"/>.</returns>
    public static List<Token> Read(ReadOnlySpan<char> text)
    {
        var tokens = new List<Token>();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] is ' ' or '\t' or '\r' or '\n')
            {
                at++;
                continue;
            }

            var token = Next(text[at..], at);
            tokens.Add(token);
            at = token.End;
        }

        tokens.Add(new Token(TokenKind.End, text.Length, 0));
        return tokens;
    }

    private static Token Next(ReadOnlySpan<char> text, int start)
    {
        if (char.IsAsciiLetter(text[0]) || text[0] == '_') return Of(TokenKind.Word, WordLength(text));
        if (char.IsAsciiDigit(text[0])) return Of(TokenKind.Number, DigitsLength(text));
        if (text[0] is '#' or ':' && WordLength(text[1..]) is > 0 and var length)
            return Of(text[0] == '#' ? TokenKind.NamePlaceholder : TokenKind.ValuePlaceholder, length + 1);
        return text switch
        {
            ['<', '>', ..] => Of(TokenKind.NotEqual, 2),
            ['<', '=', ..] => Of(TokenKind.LessOrEqual, 2),
            ['>', '=', ..] => Of(TokenKind.GreaterOrEqual, 2),
            ['<', ..] => Of(TokenKind.Less, 1),
            ['>', ..] => Of(TokenKind.Greater, 1),
            ['=', ..] => Of(TokenKind.Equal, 1),
            ['(', ..] => Of(TokenKind.OpenParenthesis, 1),
            [')', ..] => Of(TokenKind.CloseParenthesis, 1),
            ['[', ..] => Of(TokenKind.OpenBracket, 1),
            [']', ..] => Of(TokenKind.CloseBracket, 1),
            [',', ..] => Of(TokenKind.Comma, 1),
            ['.', ..] => Of(TokenKind.Dot, 1),
            ['+', ..] => Of(TokenKind.Plus, 1),
            ['-', ..] => Of(TokenKind.Minus, 1),
            _ => Of(TokenKind.Unknown, text.Length > 1 && char.IsSurrogatePair(text[0], text[1]) ? 2 : 1),
        };

        Token Of(TokenKind kind, int length) => new(kind, start, length);
    }

    private static int WordLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && (char.IsAsciiLetterOrDigit(text[length]) || text[length] == '_')) length++;
        return length;
    }

    private static int DigitsLength(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExceptInRange('0', '9');
        return length < 0 ? text.Length : length;
    }
}
