using System.Text.Json;

namespace Isobar.Local.Patterns;

/// <summary>Reads one match expression: an object with an operator as its only key.</summary>
/// <remarks>The texts, and the order of the checks, are those of AWS's recorded answers.</remarks>
internal static class OperatorParser
{
    /// <summary>Reads behind the opening brace, up to the closing one.</summary>
    public static ValueTest Read(ref PatternTokens tokens, PatternDialect dialect)
    {
        if (tokens.Next() != JsonTokenType.PropertyName) throw tokens.Fail("Match expression name not found");
        var name = tokens.Text();
        ValueTest test;
        switch (name)
        {
            case "prefix" or "suffix":
                test = ReadEnd(ref tokens, name, dialect);
                break;
            case "equals-ignore-case":
                test = new EqualIgnoringCase(ReadText(ref tokens, name));
                break;
            case "exists":
                test = tokens.Next() switch
                {
                    JsonTokenType.True => new Exists(),
                    JsonTokenType.False => new Absent(),
                    _ => throw tokens.Fail("exists match pattern must be either true or false."),
                };
                break;
            case "cidr":
                // AWS's text names another operator here.
                var (block, fault) = AddressBlock.Read(ReadText(ref tokens, "prefix"));
                test = new InAddressBlock(block ?? throw tokens.FailPlaceless(fault!));
                break;
            case "numeric":
                test = NumericParser.Read(ref tokens);
                break;
            case "anything-but":
                test = AnythingButParser.Read(ref tokens, dialect);
                break;
            case "wildcard" when dialect == PatternDialect.EventBridge:
                test = ReadWildcard(ref tokens, ReadText(ref tokens, name));
                break;
            default:
                tokens.Next();
                throw tokens.Fail($"Unrecognized match type {name}");
        }

        CheckAlone(ref tokens);
        return test;
    }

    /// <summary>Makes sure that the key just read was the only one.</summary>
    public static void CheckAlone(ref PatternTokens tokens)
    {
        if (tokens.Next() != JsonTokenType.EndObject) throw tokens.Fail("Only one key allowed in match expression");
    }

    public static LikeWildcard ReadWildcard(ref PatternTokens tokens, string text)
    {
        var (wildcard, fault, hasPlace) = Wildcard.Read(text);
        return new LikeWildcard(wildcard ?? throw (hasPlace ? tokens.Fail(fault!) : tokens.FailPlaceless(fault!)));
    }

    private static ValueTest ReadEnd(ref PatternTokens tokens, string name, PatternDialect dialect)
    {
        var comparison = StringComparison.Ordinal;
        string text;
        if (dialect == PatternDialect.EventBridge && tokens.Ahead().Next() == JsonTokenType.StartObject)
        {
            tokens.Next();
            comparison = StringComparison.OrdinalIgnoreCase;
            if (tokens.Next() != JsonTokenType.PropertyName || tokens.Text() != "equals-ignore-case")
                throw tokens.Fail($"Unsupported {name} pattern");
            text = ReadText(ref tokens, "equals-ignore-case");
            CheckAlone(ref tokens);
        }
        else
        {
            text = ReadText(ref tokens, name);
        }

        return name == "prefix" ? new Prefix(text, comparison) : new Suffix(text, comparison);
    }

    private static string ReadText(ref PatternTokens tokens, string name) =>
        tokens.Next() == JsonTokenType.String
            ? tokens.Text()
            : throw tokens.Fail($"{name} match pattern must be a string");
}
