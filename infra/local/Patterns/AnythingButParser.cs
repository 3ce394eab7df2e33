using System.Text.Json;

namespace Isobar.Local.Patterns;

/// <summary>Reads the value of <c>anything-but</c>: a value, values of one kind, or one of a few operators.</summary>
internal static class AnythingButParser
{
    private const string WrongValue = "Value of anything-but must be an array or single string/number value.";

    public static AnythingBut Read(ref PatternTokens tokens, PatternDialect dialect) => tokens.Next() switch
    {
        JsonTokenType.StartObject => ReadOperator(ref tokens, dialect),
        JsonTokenType.StartArray => new AnythingBut(ReadList(ref tokens)),
        JsonTokenType.String => new AnythingBut([new ExactText(tokens.Text())]),
        JsonTokenType.Number => new AnythingBut([new ExactNumber(tokens.Number)]),
        _ => throw tokens.Fail(WrongValue),
    };

    private static List<ValueTest> ReadList(ref PatternTokens tokens)
    {
        var tests = new List<ValueTest>();
        while (tokens.Next() != JsonTokenType.EndArray)
        {
            ValueTest test = tokens.Type switch
            {
                JsonTokenType.String => new ExactText(tokens.Text()),
                JsonTokenType.Number => new ExactNumber(tokens.Number),
                _ => throw tokens.Fail("Inside anything but list, start|null|boolean is not supported."),
            };
            if (tests.Count > 0 && tests[0].GetType() != test.GetType())
            {
                throw tokens.Fail(
                    "Inside anything but list, either all values are number or string, mixed type is not supported");
            }

            tests.Add(test);
        }

        return tests.Count > 0 ? tests : throw tokens.Fail("Empty arrays are not allowed");
    }

    private static AnythingBut ReadOperator(ref PatternTokens tokens, PatternDialect dialect)
    {
        if (tokens.Next() != JsonTokenType.PropertyName) throw tokens.Fail(WrongValue);
        var name = tokens.Text();
        var hasAll = dialect == PatternDialect.EventBridge;
        if (name != "prefix" && !(hasAll && name is "suffix" or "equals-ignore-case" or "wildcard"))
            throw tokens.Fail($"Unsupported anything-but pattern: {name}");

        var tests = new List<ValueTest>();
        if (tokens.Next() != JsonTokenType.StartArray || !hasAll) tests.Add(ReadOne(ref tokens, name, hasAll));
        else
        {
            while (tokens.Next() != JsonTokenType.EndArray) tests.Add(ReadOne(ref tokens, name, hasAll));
            if (tests.Count == 0) throw tokens.Fail("Empty arrays are not allowed");
        }

        OperatorParser.CheckAlone(ref tokens);
        return new AnythingBut(tests);
    }

    private static ValueTest ReadOne(ref PatternTokens tokens, string name, bool hasAll)
    {
        var isEnd = name is "prefix" or "suffix";
        if (tokens.Type != JsonTokenType.String)
        {
            throw tokens.Fail(name switch
            {
                _ when isEnd && hasAll && tokens.Type == JsonTokenType.StartObject => WrongValue,
                _ when isEnd => $"{(hasAll ? "prefix/suffix" : name)} match pattern must be a string",
                "wildcard" => "wildcard match pattern must be a string",
                _ => "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.",
            });
        }

        var text = tokens.Text();
        if (isEnd && text.Length == 0) throw tokens.Fail("Null prefix/suffix not allowed");
        return name switch
        {
            "prefix" => new Prefix(text, StringComparison.Ordinal),
            "suffix" => new Suffix(text, StringComparison.Ordinal),
            "wildcard" => OperatorParser.ReadWildcard(ref tokens, text),
            _ => new EqualIgnoringCase(text),
        };
    }
}
