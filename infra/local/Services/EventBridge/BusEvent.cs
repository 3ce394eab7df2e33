using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Isobar.Local.Services.EventBridge;

/// <summary>An event on a bus.</summary>
/// <param name="Time">What its producer says, in whole seconds; otherwise when it was accepted.</param>
/// <param name="Detail">A JSON object, UTF-8.</param>
internal sealed record BusEvent(
    string Id, string Source, string DetailType, string AccountId, string Region, DateTimeOffset Time,
    IReadOnlyList<string> Resources, ReadOnlyMemory<byte> Detail)
{
    // As AWS does: only what JSON must escape is escaped.
    public static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An instant as events write it, in whole seconds.</summary>
    public static string Write(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The event as targets receive it.</summary>
    /// <remarks>Source: Amazon EventBridge User Guide, "Event structure reference".</remarks>
    public byte[] ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteString("version", "0");
            json.WriteString("id", Id);
            json.WriteString("detail-type", DetailType);
            json.WriteString("source", Source);
            json.WriteString("account", AccountId);
            json.WriteString("time", Write(Time));
            json.WriteString("region", Region);
            json.WriteStartArray("resources");
            foreach (var resource in Resources) json.WriteStringValue(resource);
            json.WriteEndArray();
            json.WritePropertyName("detail");
            json.WriteRawValue(Detail.Span, skipInputValidation: true);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
