using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Isobar.Local.Services.ApiGateway.Mapping;

/// <summary>JSON that callers and functions send, checked as a whole so that reading a part of it can't fail.</summary>
internal static class JsonText
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>
    /// False when the text is not one JSON value; <paramref name="value"/> is null for <c>null</c> too.
    /// </returns>
    public static bool TryParse(ReadOnlySpan<byte> json, out JsonNode? value)
    {
        value = null;
        try
        {
            value = Settled(JsonNode.Parse(json, documentOptions: Options));
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // The last two: half of a surrogate pair is found only when its string is read.
            return false;
        }
    }

    public static bool TryParse(string json, out JsonNode? value) => TryParse(Encoding.UTF8.GetBytes(json), out value);

    /// <summary>Without blanks, escaping only what JSON must.</summary>
    public static string Write(JsonNode? value) => Encoding.UTF8.GetString(WriteBytes(value));

    /// <summary>As <see cref="Write"/>, in UTF-8.</summary>
    public static byte[] WriteBytes(JsonNode? value)
    {
        if (value is null) return "null"u8.ToArray();
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Relaxed)) value.WriteTo(writer);
        return buffer.ToArray();
    }

    private static JsonNode? Settled(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(entry => KeyValuePair.Create(entry.Key, Settled(entry.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Settled)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => JsonValue.Create(value.GetValue<string>()),
        null => null,
        _ => node.DeepClone(),
    };
}
