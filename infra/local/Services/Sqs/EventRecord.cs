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
