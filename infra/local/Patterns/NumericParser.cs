using System.Text.Json;

namespace Isobar.Local.Patterns;

/// <summary>Reads the value of <c>numeric</c>: <c>["=", 5]</c>, <c>["&gt;", 0, "&lt;=", 5]</c>.</summary>
internal static class NumericParser
{
    public static ValueTest Read(ref PatternTokens tokens)
    {
        if (tokens.Next() != JsonTokenType.StartArray) throw tokens.Fail("Value of numeric must be an array.");
        if (tokens.Next() != JsonTokenType.String)
            throw tokens.Fail($"Invalid member in numeric match: {Shown(tokens)}");
        var name = tokens.Text();
        var value = tokens.Next();
        if (name == "=")
        {
            var number = ReadNumber(tokens, "equals");
            CheckEnd(ref tokens, "Too many elements in numeric expression");
            return new ExactNumber(number);
        }

        if (name.StartsWith('>'))
        {
            var bottom = ReadNumber(tokens, name);
            return tokens.Next() == JsonTokenType.EndArray
                ? new NumberRange(bottom, name == ">", double.PositiveInfinity, false)
                : ReadTop(ref tokens, bottom, name == ">");
        }

        if (!name.StartsWith('<')) throw tokens.Fail($"Unrecognized numeric range operator: {name}");
        var top = ReadNumber(tokens, name);
        CheckEnd(ref tokens, "Too many elements in numeric expression");
        return new NumberRange(double.NegativeInfinity, false, top, name == "<");
    }

    private static NumberRange ReadTop(ref PatternTokens tokens, double bottom, bool isBottomOpen)
    {
        if (tokens.Type != JsonTokenType.String) throw tokens.Fail($"Bad value in numeric range: {Shown(tokens)}");
        var name = tokens.Text();
        if (!name.StartsWith('<')) throw tokens.Fail($"Bad numeric range operator: {name}");
        tokens.Next();
        var top = ReadNumber(tokens, name);
        CheckEnd(ref tokens, "Too many terms in numeric range expression");
        return bottom < top
            ? new NumberRange(bottom, isBottomOpen, top, name == "<")
            : throw tokens.Fail("Bottom must be less than top");
    }

    private static double ReadNumber(PatternTokens tokens, string name) =>
        tokens.Type == JsonTokenType.Number ? tokens.Number : throw tokens.Fail($"Value of {name} must be numeric");

    private static void CheckEnd(ref PatternTokens tokens, string otherwise)
    {
        if (tokens.Next() != JsonTokenType.EndArray) throw tokens.Fail(otherwise);
    }

    private static string Shown(PatternTokens tokens) => tokens.Type switch
    {
        JsonTokenType.EndArray => "]",
        JsonTokenType.StartArray => "[",
        JsonTokenType.StartObject => "{",
        _ => tokens.Raw,
    };
}
