using System.Text;
using System.Text.Json;

namespace Isobar.Local.Services.Sns;

/// <summary>A message as its publisher made it.</summary>
/// <param name="Message">For every protocol that has no message of its own.</param>
/// <param name="Own">By protocol.</param>
internal sealed record MessageDraft(
    string Message, IReadOnlyDictionary<string, string> Own, string? Subject,
    IReadOnlyDictionary<string, TargetAttribute> Attributes)
{
    /// <summary>The MessageGroupId, which queues receive with the message; null for none.</summary>
    public string? MessageGroupId { get; init; }

    /// <summary>Message and attributes, as the size limits count them.</summary>
    public int Bytes { get; } = Encoding.UTF8.GetByteCount(Message) + Attributes.Sum(attribute =>
        Encoding.UTF8.GetByteCount(attribute.Key) + attribute.Value.DataType.Length + attribute.Value.Value.Length);
}

/// <summary>A published message.</summary>
/// <param name="TraceHeader">The publisher's X-Ray trace header, which every subscriber receives.</param>
internal sealed record Notification(
    string MessageId, string TopicArn, MessageDraft Draft, DateTimeOffset Published, string? TraceHeader)
{
    public string MessageFor(string protocol) => Draft.Own.GetValueOrDefault(protocol) ?? Draft.Message;

    /// <summary>The attributes as the JSON that filter policies see; binary ones they do not see.</summary>
    /// <remarks>Source: Amazon SNS Developer Guide, "Filter policy scope" and "Message attribute data types".</remarks>
    public ReadOnlyMemory<byte> AttributesForFilters()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, attribute) in Draft.Attributes) Write(json, name, attribute);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter json, string name, TargetAttribute attribute)
    {
        if (attribute.DataType == "String.Array") WriteArray(json, name, attribute.Value);
        else if (attribute.DataType.StartsWith("String", StringComparison.Ordinal))
            json.WriteString(name, attribute.Value.Span);
        else if (attribute.DataType.StartsWith("Number", StringComparison.Ordinal))
            json.WriteNumber(name, MessageAttributeRules.NumberOf(attribute.Value.Span));
    }

    private static void WriteArray(Utf8JsonWriter json, string name, ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            json.WritePropertyName(name);
            document.RootElement.WriteTo(json);
        }
        catch (JsonException)
        {
            // A value whose type says array but that is no JSON array matches nothing.
        }
    }
}
