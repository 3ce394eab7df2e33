using System.Globalization;
using System.Text.Json.Nodes;

namespace Isobar.Local.Services.ApiGateway.Mapping;

/// <summary>Reads what stands in the parentheses of directives and calls.</summary>
internal sealed class ExpressionReader(Cursor cursor, References references)
{
    /// <summary>Operators by rank, the loosest first; a longer one stands before its beginning.</summary>
    private static readonly string[][] Ranks =
        [["||"], ["&&"], ["==", "!="], ["<=", ">=", "<", ">"], ["+", "-"]];

    private int depth;

    /// <exception cref="TemplateSyntaxException">Something is not supported.</exception>
    public Term Read() => Read(0);

    private Term Read(int rank)
    {
        if (rank == Ranks.Length) return ReadOperand();
        var left = Read(rank + 1);
        while (true)
        {
            cursor.SkipBlanks();
            if (Ranks[rank].FirstOrDefault(cursor.TryTake) is not { } found) return left;
            left = new Binary(found, left, Read(rank + 1));
        }
    }

    private Term ReadOperand()
    {
        if (++depth > ApiGatewayLimits.MaxTemplateDepth) throw cursor.Error("the expression is too deep");
        cursor.SkipBlanks();
        Term term;
        if (cursor.TryTake("!")) term = new Not(ReadOperand());
        else if (cursor.TryTake("("))
        {
            term = Read();
            cursor.Take(")");
        }
        else if (References.StartsAt(cursor)) term = references.Read();
        else term = ReadLiteral();
        depth--;
        return term;
    }

    private Term ReadLiteral()
    {
        if (cursor.TryTake("'")) return new Constant(JsonValue.Create(cursor.TakeUntil("'")));
        if (cursor.Current == '"')
        {
            var line = cursor.Line;
            cursor.Skip();
            var inner = new Cursor(cursor.TakeUntil("\""), line);
            var parts = references.Inside(inner);
            // Without a reference inside, it is the same as a text in single quotes.
            return parts is [TextNode text] ? new Constant(JsonValue.Create(text.Text)) : new Interpolation(parts);
        }

        if (char.IsAsciiDigit(cursor.Current) || (cursor.Current == '-' && char.IsAsciiDigit(cursor.At(1))))
        {
            var sign = cursor.TryTake("-") ? "-" : "";
            var digits = sign + cursor.TakeWhile(c => char.IsAsciiDigit(c) || c == '.');
            return decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? new Constant(JsonValue.Create(number))
                : throw cursor.Error($"{digits} is no number");
        }

        var word = cursor.TakeWhile(char.IsAsciiLetter);
        return word switch
        {
            "true" => new Constant(JsonValue.Create(true)),
            "false" => new Constant(JsonValue.Create(false)),
            "" => throw cursor.Error($"'{cursor.Current}' is not supported in an expression"),
            _ => throw cursor.Error($"{word} is not supported in an expression"),
        };
    }
}
