using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Isobar.Local.Lineage;

/// <summary>
/// A line of a function's log: its own, which is JSON with the line's properties; the platform's; or one of .NET's
/// runtime client: time, request id, level and text, with tabs between them.
/// </summary>
/// <param name="Function">The function's name in the template, without "Function".</param>
/// <param name="Text">The whole line.</param>
internal sealed record LogLine(string Function, DateTimeOffset Time, string Text)
{
    private const int MostShown = 240;

    private static readonly string[] Failures = ["Error", "Critical", "ERROR", "FATAL", "fail", "crit"];

    private readonly JsonElement json = Parse(Text);
    private readonly string[] columns = Text.Split('\t', 4);

    public string? RequestId =>
        Property("request_id") ?? Property("requestId") ?? OfRecord("requestId") ?? (IsOfRuntime ? columns[1] : null);

    /// <summary>Such as <c>platform.report</c>; null for what the function wrote.</summary>
    public string? Type => Property("type");

    public string? Level => Property("level") ?? (IsOfRuntime ? columns[2] : null);

    /// <summary>Whether the invocation ended badly, or the function says that something failed.</summary>
    /// <remarks>An error that the function returns is no failure in the platform's report.</remarks>
    public bool IsFailure => Failures.Contains(Level)
        || (Type is "platform.report" or "platform.runtimeDone" && OfRecord("status") is { } status
            && status != "success");

    public bool IsStart => Type == "platform.start";

    /// <summary>A property of the line, as text; null if it has none of this name.</summary>
    public string? Property(string name) => TextOf(json, name);

    /// <summary>What the line says, in one line and shortened.</summary>
    public string Says
    {
        get
        {
            var says = Type is { } type
                ? $"{type} {OfRecord("status")}".TrimEnd()
                : Property("message") ?? (IsOfRuntime ? columns[3] : Text);
            if (Exception is { } exception) says += $" ({exception})";
            says = says.ReplaceLineEndings(" ");
            return says.Length <= MostShown ? says : says[..MostShown] + "…";
        }
    }

    /// <summary>The time as people read it.</summary>
    public string At => Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary>Whether the line tells of a chunk, by its properties or by the message that it repeats.</summary>
    public bool IsAbout(long start)
    {
        var number = start.ToString(CultureInfo.InvariantCulture);
        var member = new JsonObject { ["start"] = start }.ToJsonString()[1..^1];
        return Property("start") == number
            || Text.Contains($"Chunk {number} of ", StringComparison.Ordinal)
            || (Property("body") ?? Property("message") ?? "").Contains($"{member},", StringComparison.Ordinal);
    }

    private bool IsOfRuntime => columns.Length == 4 && json.ValueKind == JsonValueKind.Undefined;

    /// <summary>What went wrong, as the exception says; null if the line has none.</summary>
    public string? Reason => Exceptions.Select(exception => TextOf(exception, "message")).FirstOrDefault();

    /// <summary>Whether an object that has to be there was not.</summary>
    public bool IsOfMissingObject => Exceptions.Any(
        exception => TextOf(exception, "type")?.EndsWith("FileNotFoundException", StringComparison.Ordinal) == true);

    // The outermost first. Powertools has what the handler of a message threw within one of its own.
    private IEnumerable<JsonElement> Exceptions
    {
        get
        {
            var (at, name) = (json, "exception");
            while (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var inner))
            {
                if (TextOf(inner, "type")?.EndsWith("RecordProcessingException", StringComparison.Ordinal) != true)
                    yield return inner;
                (at, name) = (inner, "inner_exception");
            }
        }
    }

    private string? Exception => json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty("exception", out var exception) ? TextOf(exception, "message") : null;

    private string? OfRecord(string name) => json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty("record", out var record) ? TextOf(record, name) : null;

    private static string? TextOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            }
            : null;

    // Text, such as a stack trace, has no properties.
    private static JsonElement Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
