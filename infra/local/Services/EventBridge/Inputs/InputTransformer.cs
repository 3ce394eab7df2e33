using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Isobar.Local.Services.EventBridge.Inputs;

/// <summary>A template whose <c>&lt;placeholders&gt;</c> are filled with parts of the event.</summary>
/// <remarks>
/// Source: Amazon EventBridge User Guide, "Amazon EventBridge input transformation", and answers of AWS recorded by
/// LocalStack's tests: a part that the event does not have is empty; a text inside quotes loses its own quotes; an
/// object or a list inside quotes loses them only if the template is a text, and prevents the delivery otherwise, as
/// every result that is not JSON does.
/// </remarks>
/// <param name="Paths">By placeholder.</param>
internal sealed partial record InputTransformer(IReadOnlyDictionary<string, InputPath> Paths, string Template)
    : TargetInput
{
    private const string RuleArn = "aws.events.rule-arn";
    private const string RuleName = "aws.events.rule-name";
    private const string IngestionTime = "aws.events.event.ingestion-time";
    private const string Event = "aws.events.event";
    private const string EventJson = "aws.events.event.json";

    /// <summary>The first placeholder of a template that nothing fills; null when there is none.</summary>
    public string? UnknownPlaceholder => Placeholder().Matches(Template).Select(match => match.Groups["name"].Value)
        .FirstOrDefault(name => !Paths.ContainsKey(name)
            && name is not (RuleArn or RuleName or IngestionTime or Event or EventJson));

    // A template that is one text, or a text on each of its lines, and no object or list.
    private bool IsText => Template.AsSpan().TrimStart() is ['"', ..];

    public override byte[]? Of(BusEvent happened, Rule rule, DateTimeOffset ingested)
    {
        using var document = JsonDocument.Parse(happened.ToJson());
        var filled = new StringBuilder();
        var (isQuoted, done) = (false, 0);
        foreach (Match match in Placeholder().Matches(Template))
        {
            var between = Template[done..match.Index];
            isQuoted ^= QuotesIn(between);
            filled.Append(between);
            var value = Value(match.Groups["name"].Value, document.RootElement, rule, ingested, isQuoted);
            if (value is null) return null;
            filled.Append(value);
            done = match.Index + match.Length;
        }

        var bytes = Encoding.UTF8.GetBytes(filled.Append(Template[done..]).ToString());
        return IsJson(bytes) ? bytes : null;
    }

    /// <returns>Null when the value can't stand where the template has it.</returns>
    private string? Value(string name, JsonElement happened, Rule rule, DateTimeOffset ingested, bool isQuoted)
    {
        if (Paths.TryGetValue(name, out var path))
            return path.Find(happened) is { } part ? Show(part, isQuoted) : isQuoted ? "" : "\"\"";
        return name switch
        {
            RuleArn => Quoted(rule.Arn),
            RuleName => Quoted(rule.Name),
            IngestionTime => Quoted(BusEvent.Write(ingested)),
            // Source: the same page: the event as a whole is not escaped, so it can only be the value of a member.
            _ when isQuoted => null,
            EventJson => happened.GetRawText(),
            _ => WithoutDetail(happened),
        };

        string Quoted(string text) => isQuoted ? text : $"\"{text}\"";
    }

    private string? Show(JsonElement part, bool isQuoted) => (isQuoted, part.ValueKind) switch
    {
        (false, _) => part.GetRawText(),
        // A text keeps its escapes, since it stands in a text again.
        (true, JsonValueKind.String) => part.GetRawText()[1..^1],
        (true, JsonValueKind.Object or JsonValueKind.Array) when !IsText => null,
        _ => Compact(part).Replace("\"", "", StringComparison.Ordinal),
    };

    /// <summary>Whether the bytes are one JSON value, or several one after the other.</summary>
    private static bool IsJson(byte[] bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { AllowMultipleValues = true });
        try
        {
            var any = false;
            while (reader.Read()) any = true;
            return any;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Compact(JsonElement part)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, BusEvent.Plain)) part.WriteTo(json);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    // The event under names without hyphens, without its detail.
    private static string WithoutDetail(JsonElement happened)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, BusEvent.Plain))
        {
            json.WriteStartObject();
            foreach (var property in happened.EnumerateObject())
            {
                if (property.Name == "detail") continue;
                json.WritePropertyName(property.Name == "detail-type" ? "detailType" : property.Name);
                property.Value.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>Whether so many quotes open or close that the state changes; escaped ones do neither.</summary>
    private static bool QuotesIn(string text)
    {
        var changes = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '"') changes = !changes;
        }

        return changes;
    }

    [GeneratedRegex(@"<(?<name>[A-Za-z0-9_\-.]+)>", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
