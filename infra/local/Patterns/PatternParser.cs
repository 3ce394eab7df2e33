using System.Text.Json;

namespace Isobar.Local.Patterns;

/// <summary>Reads the structure of patterns: keys, arrays of values, choices.</summary>
internal static class PatternParser
{
    private const string Choice = "$or";

    private static readonly HashSet<string> Operators =
    [
        "anything-but", "cidr", "equals-ignore-case", "exists", "numeric", "prefix", "suffix", "wildcard",
    ];

    /// <exception cref="PatternException">The source is not JSON, or not a pattern.</exception>
    public static PatternNode Read(string source, PatternDialect dialect)
    {
        var tokens = new PatternTokens(source);
        if (tokens.Next() != JsonTokenType.StartObject) throw tokens.Fail("Filter is not an object");
        var root = new PatternNode([]);
        ReadKeys(ref tokens, root, dialect, mayBeEmpty: dialect == PatternDialect.FilterPolicy);
        tokens.End();
        return root;
    }

    private static void ReadKeys(ref PatternTokens tokens, PatternNode owner, PatternDialect dialect, bool mayBeEmpty)
    {
        var isEmpty = true;
        while (tokens.Next() == JsonTokenType.PropertyName)
        {
            isEmpty = false;
            var key = tokens.Text();
            if (key == Choice && IsChoice(tokens.Ahead())) ReadChoice(ref tokens, owner, dialect);
            else ReadKey(ref tokens, key, owner.Below(key), dialect);
        }

        if (isEmpty && !mayBeEmpty) throw tokens.Fail("Empty objects are not allowed");
    }

    private static void ReadKey(ref PatternTokens tokens, string key, PatternNode node, PatternDialect dialect)
    {
        switch (tokens.Next())
        {
            case JsonTokenType.StartObject:
                node.IsNested = true;
                ReadKeys(ref tokens, node, dialect, mayBeEmpty: false);
                break;
            case JsonTokenType.StartArray:
                node.Tests = ReadTests(ref tokens, dialect);
                break;
            default:
                throw tokens.Fail($"\"{key}\" must be an object or an array");
        }
    }

    private static List<ValueTest> ReadTests(ref PatternTokens tokens, PatternDialect dialect)
    {
        var tests = new List<ValueTest>();
        while (tokens.Next() != JsonTokenType.EndArray)
        {
            tests.Add(tokens.Type switch
            {
                JsonTokenType.StartObject => OperatorParser.Read(ref tokens, dialect),
                JsonTokenType.String => new ExactText(tokens.Text()),
                JsonTokenType.Number => new ExactNumber(tokens.Number),
                JsonTokenType.True => new ExactLiteral(JsonValueKind.True),
                JsonTokenType.False => new ExactLiteral(JsonValueKind.False),
                JsonTokenType.Null => new ExactLiteral(JsonValueKind.Null),
                _ => throw tokens.Fail("Match value must be String, number, true, false, or null"),
            });
        }

        return tests.Count > 0 ? tests : throw tokens.Fail("Empty arrays are not allowed");
    }

    private static void ReadChoice(ref PatternTokens tokens, PatternNode owner, PatternDialect dialect)
    {
        var alternatives = new List<PatternNode>();
        tokens.Next();
        while (tokens.Next() == JsonTokenType.StartObject)
        {
            var alternative = owner.Beside();
            ReadKeys(ref tokens, alternative, dialect, mayBeEmpty: false);
            alternatives.Add(alternative);
        }

        owner.AddChoice(alternatives);
    }

    /// <summary>A choice is an array of at least two objects whose keys are no operators; else $or is a key.</summary>
    private static bool IsChoice(PatternTokens ahead)
    {
        if (ahead.Next() != JsonTokenType.StartArray) return false;
        var count = 0;
        while (ahead.Next() != JsonTokenType.EndArray)
        {
            if (ahead.Type != JsonTokenType.StartObject || ahead.Next() != JsonTokenType.PropertyName
                || Operators.Contains(ahead.Text())) return false;
            count++;
            for (var depth = 1; depth > 0;)
            {
                depth += ahead.Next() switch
                {
                    JsonTokenType.StartObject or JsonTokenType.StartArray => 1,
                    JsonTokenType.EndObject or JsonTokenType.EndArray => -1,
                    _ => 0,
                };
            }
        }

        return count > 1;
    }
}
