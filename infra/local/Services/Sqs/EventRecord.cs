using System.Buffers;
using System.Text.Json;

namespace Isobar.Local.Services.Sqs;

/// <summary>The record that stands for a message in the event of an invocation.</summary>
/// <remarks>Source: AWS Lambda Developer Guide, "Using Lambda with Amazon SQS", example event.</remarks>
internal static class EventRecord
{
    // Most bodies are JSON; to escape a quote by two characters, not by six, keeps events small.
    private static readonly JsonWriterOptions Options = new() { Encoder = SqsJson.Wire.Options.Encoder };

    /// <returns>UTF-8 JSON.</returns>
    public static ReadOnlyMemory<byte> Write(ReceivedMessage message, Arn queue)
    {
        var buffer = new ArrayBufferWriter<byte>(message.Content.Bytes + 1_024);
        using (var json = new Utf8JsonWriter(buffer, Options)) Write(json, message, queue);
        return buffer.WrittenMemory;
    }

    /// <summary>The record with its body as JSON, where that is an object; otherwise as it is.</summary>
    /// <remarks>Source: AWS Lambda Developer Guide, "Using event filtering with an Amazon SQS event source".</remarks>
    public static ReadOnlyMemory<byte> WithParsedBody(ReadOnlyMemory<byte> record)
    {
        using var document = JsonDocument.Parse(record);
        var body = document.RootElement.GetProperty("body").GetString()!;
        if (!body.AsSpan().TrimStart().StartsWith("{")) return record;
        try
        {
            using var parsed = JsonDocument.Parse(body);
            var buffer = new ArrayBufferWriter<byte>(record.Length);
            using (var json = new Utf8JsonWriter(buffer, Options))
            {
                json.WriteStartObject();
                foreach (var member in document.RootElement.EnumerateObject())
                {
                    if (member.NameEquals("body"))
                    {
                        json.WritePropertyName("body");
                        parsed.RootElement.WriteTo(json);
                    }
                    else member.WriteTo(json);
                }

                json.WriteEndObject();
            }

            return buffer.WrittenMemory;
        }
        catch (JsonException)
        {
            return record;
        }
    }

    private static void Write(Utf8JsonWriter json, ReceivedMessage message, Arn queue)
    {
        json.WriteStartObject();
        json.WriteString("messageId", message.Content.MessageId);
        json.WriteString("receiptHandle", message.ReceiptHandle);
        json.WriteString("body", message.Content.Body.Span);
        json.WriteStartObject("attributes");
        foreach (var (name, value) in SystemAttributes.Of(message)) json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteStartObject("messageAttributes");
        foreach (var (name, value) in message.Content.Attributes) Write(json, name, value);
        json.WriteEndObject();
        json.WriteString("md5OfMessageAttributes", MessageDigest.Of(message.Content.Attributes));
        json.WriteString("md5OfBody", message.Content.BodyMd5);
        json.WriteString("eventSource", "aws:sqs");
        json.WriteString("eventSourceARN", queue.ToString());
        json.WriteString("awsRegion", queue.Region);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, MessageAttributeValue value)
    {
        json.WriteStartObject(name);
        if (value.IsBinary) json.WriteBase64String("binaryValue", value.Value);
        else json.WriteString("stringValue", value.Value);
        json.WriteStartArray("stringListValues");
        json.WriteEndArray();
        json.WriteStartArray("binaryListValues");
        json.WriteEndArray();
        json.WriteString("dataType", value.DataType);
        json.WriteEndObject();
    }
}
