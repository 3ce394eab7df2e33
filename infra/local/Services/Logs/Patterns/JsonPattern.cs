using System.Text.Json;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Logs.Patterns;

/// <summary>A condition on messages that are JSON objects: <c>{ $.level = "Error" &amp;&amp; $.ms > 500 }</c>.
/// </summary>
internal sealed class JsonPattern : FilterPattern
{
    private const int MaxDepth = 32;

    private readonly PatternScanner scanner;
    private readonly List<JsonSelector> selectors = [];
    private readonly Func<JsonElement, bool> condition;

    private JsonPattern(PatternScanner scanner)
    {
        this.scanner = scanner;
        scanner.Expect("{");
        condition = Any(0);
        scanner.Expect("}");
        scanner.SkipSpace();
        if (!scanner.IsAtEnd) throw scanner.Unexpected("the end");
    }

    /// <exception cref="AwsException">InvalidParameterException.</exception>
    public static new JsonPattern Parse(string text) => new(new PatternScanner(text));

    public override bool Matches(ReadOnlyMemory<byte> message)
    {
        using var json = Read(message);
        return json is not null && condition(json.RootElement);
    }

    public override IReadOnlyDictionary<string, string> Extract(ReadOnlyMemory<byte> message)
    {
        using var json = Read(message);
        var values = new Dictionary<string, string>();
        foreach (var selector in selectors)
            if (json is not null && selector.Find(json.RootElement) is { } found)
                values[selector.Text] =
                    found.ValueKind == JsonValueKind.String ? TextOf(found) ?? found.GetRawText() : $"{found}";
        return values;
    }

    private static JsonDocument? Read(ReadOnlyMemory<byte> message)
    {
        if (message.Span.TrimStart(" \t\r\n"u8) is not [(byte)'{', ..]) return null;
        try
        {
            return JsonDocument.Parse(message);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private Func<JsonElement, bool> Any(int depth)
    {
        var all = All(depth);
        while (scanner.Take("||"))
        {
            var (left, right) = (all, All(depth));
            all = json => left(json) || right(json);
        }

        return all;
    }

    private Func<JsonElement, bool> All(int depth)
    {
        var one = One(depth);
        while (scanner.Take("&&"))
        {
            var (left, right) = (one, One(depth));
            one = json => left(json) && right(json);
        }

        return one;
    }

    private Func<JsonElement, bool> One(int depth)
    {
        if (depth > MaxDepth) throw LogsErrors.InvalidPattern($"it has more than {MaxDepth} parentheses in each other");
        if (!scanner.Take("(")) return Comparison();
        var inner = Any(depth + 1);
        scanner.Expect(")");
        return inner;
    }

    private Func<JsonElement, bool> Comparison()
    {
        scanner.SkipSpace();
        var selector = JsonSelector.Read(scanner);
        selectors.Add(selector);
        if (ValueTest.Read(scanner) is { } test)
            return json => selector.Find(json) is { } found && Holds(test, found);
        if (scanner.TakeWord("NOT"))
        {
            if (!scanner.TakeWord("EXISTS")) throw scanner.Unexpected("EXISTS");
            return json => selector.Find(json) is null;
        }

        if (!scanner.TakeWord("IS")) throw scanner.Unexpected("an operator");
        var kind = scanner.TakeWord("NULL") ? JsonValueKind.Null
            : scanner.TakeWord("TRUE") ? JsonValueKind.True
            : scanner.TakeWord("FALSE") ? JsonValueKind.False
            : throw scanner.Unexpected("NULL, TRUE or FALSE");
        return json => selector.Find(json)?.ValueKind == kind;
    }

    /// <summary>A comparison is about a value: it does not hold, and neither does its opposite, for anything else.
    /// </summary>
    private static bool Holds(ValueTest test, JsonElement found) => found.ValueKind switch
    {
        JsonValueKind.String => TextOf(found) is { } text && test.Holds(text, null),
        JsonValueKind.Number => test.Holds(found.GetRawText(), found.TryGetDouble(out var number) ? number : null),
        JsonValueKind.True or JsonValueKind.False => test.Holds(found.GetRawText(), null),
        _ => false,
    };

    // Half of a surrogate pair is valid JSON, and no text: reading it is an invalid operation.
    private static string? TextOf(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
