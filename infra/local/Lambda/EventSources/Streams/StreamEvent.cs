using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.EventSources.Streams;

/// <summary>The event of an invocation with records of a stream.</summary>
/// <remarks>
/// Source: AWS Lambda Developer Guide, "Using AWS Lambda with Amazon DynamoDB" and "Using tumbling windows", examples.
/// </remarks>
internal static class StreamEvent
{
    /// <returns><c>{"Records":[…]}</c>, in a tumbling window with what belongs to that; UTF-8.</returns>
    public static ReadOnlyMemory<byte> Of(StreamBatch batch, Arn stream)
    {
        var bytes = 1_024 + batch.Records.Sum(record => (long)record.Bytes + 1) + (batch.Window?.State.Length ?? 0);
        var buffer = new ArrayBufferWriter<byte>((int)Math.Min(bytes, Array.MaxLength));
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteStartArray("Records"u8);
            foreach (var record in batch.Records)
                json.WriteRawValue(record.Record.EventRecord.Span, skipInputValidation: true);
            json.WriteEndArray();
            if (batch.Window is { } window) Write(json, window, batch.ShardId, stream);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, WindowView window, string shardId, Arn stream)
    {
        json.WriteStartObject("window");
        json.WriteString("start", Text(window.Start));
        json.WriteString("end", Text(window.End));
        json.WriteEndObject();
        json.WritePropertyName("state");
        json.WriteRawValue(window.State.Span, skipInputValidation: true);
        json.WriteString("shardId", shardId);
        json.WriteString("eventSourceARN", stream.ToString());
        json.WriteBoolean("isFinalInvokeForWindow", window.IsFinal);
        json.WriteBoolean("isWindowTerminatedEarly", window.IsTerminatedEarly);
    }

    private static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
