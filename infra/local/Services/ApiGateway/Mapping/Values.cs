using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Isobar.Local.Services.ApiGateway.Mapping;

/// <summary>How templates treat values: Velocity's rules over JSON, where null also stands for "undefined".</summary>
internal static class Values
{
    /// <summary>
    /// As a template prints it: maps as <c>{a=1, b=2}</c>, lists as JSON, null as nothing (recorded).
    /// </summary>
    public static string Text(JsonNode? value) => value switch
    {
        null => "",
        JsonObject map => Map(map),
        JsonValue scalar when scalar.TryGetValue<string>(out var text) => text,
        _ => JsonText.Write(value),
    };

    public static bool IsTrue(JsonNode? value) => value is not null && value.GetValueKind() != JsonValueKind.False;

    /// <summary>What <c>#foreach</c> goes over: a list's items, a map's values.</summary>
    public static IReadOnlyList<JsonNode?> Items(JsonNode? value) => value switch
    {
        JsonArray list => [.. list],
        JsonObject map => [.. map.Select(entry => entry.Value)],
        _ => [],
    };

    public static bool Same(JsonNode? left, JsonNode? right) =>
        Number(left) is { } a && Number(right) is { } b ? a == b : JsonNode.DeepEquals(left, right);

    /// <returns>Null when it is no number, or one past the range of a decimal.</returns>
    public static decimal? Number(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.Number && decimal.TryParse(
            value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>Text as it may stand between the quotes of a JavaScript string.</summary>
    /// <remarks>Source: API Gateway Developer Guide, <c>$util.escapeJavaScript</c>; the rules are Java's.</remarks>
    public static string EscapeJavaScript(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            _ = c switch
            {
                '\'' or '"' or '\\' or '/' => escaped.Append('\\').Append(c),
                '\b' => escaped.Append("\\b"),
                '\n' => escaped.Append("\\n"),
                '\t' => escaped.Append("\\t"),
                '\f' => escaped.Append("\\f"),
                '\r' => escaped.Append("\\r"),
                < ' ' or > '~' => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    private static string Map(JsonObject map) =>
        $"{{{string.Join(", ", map.Select(entry => $"{entry.Key}={Text(entry.Value)}"))}}}";
}
