using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Isobar.Local.Services.Kinesis;

/// <summary>A record as an invocation's event carries it, and as filters see it.</summary>
/// <remarks>
/// Source: AWS Lambda Developer Guide, "Using Lambda to process records from Amazon Kinesis Data Streams", and "Using
/// event filtering with a Kinesis event source".
/// </remarks>
internal static class EventRecord
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="role">The ARN of the role that reads.</param>
    /// <returns>UTF-8 JSON.</returns>
    public static ReadOnlyMemory<byte> Of(
        Arn stream, string role, Shard shard, string sequenceNumber, StoredRecord record)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024 + record.Data.Length * 4 / 3);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteStartObject("kinesis");
            json.WriteString("kinesisSchemaVersion", "1.0");
            json.WriteString("partitionKey", record.PartitionKey);
            json.WriteString("sequenceNumber", sequenceNumber);
            json.WriteBase64String("data", record.Data);
            json.WritePropertyName("approximateArrivalTimestamp");
            json.WriteRawValue(Seconds(record.At));
            json.WriteEndObject();
            json.WriteString("eventSource", "aws:kinesis");
            json.WriteString("eventVersion", "1.0");
            json.WriteString("eventID", $"{shard.Id}:{sequenceNumber}");
            json.WriteString("eventName", "aws:kinesis:record");
            json.WriteString("invokeIdentityArn", role);
            json.WriteString("awsRegion", stream.Region);
            json.WriteString("eventSourceARN", stream.ToString());
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The record that filter patterns are compared with: the members of <c>kinesis</c>, with the data as the
    /// JSON that it is, or as a text.</summary>
    public static ReadOnlyMemory<byte> ForFilter(ReadOnlyMemory<byte> eventRecord)
    {
        using var whole = JsonDocument.Parse(eventRecord);
        var buffer = new ArrayBufferWriter<byte>(eventRecord.Length);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            foreach (var member in whole.RootElement.GetProperty("kinesis").EnumerateObject())
            {
                if (member.NameEquals("data")) WriteData(json, member.Value.GetBytesFromBase64());
                else member.WriteTo(json);
            }

            foreach (var member in whole.RootElement.EnumerateObject())
                if (!member.NameEquals("kinesis")) member.WriteTo(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    // As AWS writes it: with milliseconds, and one digit behind the point where there are none.
    private static string Seconds(DateTimeOffset instant) =>
        (instant.ToUnixTimeMilliseconds() / 1_000m).ToString("0.0##", CultureInfo.InvariantCulture);

    private static void WriteData(Utf8JsonWriter json, byte[] data)
    {
        json.WritePropertyName("data");
        try
        {
            using var document = JsonDocument.Parse(data);
            document.WriteTo(json);
        }
        catch (JsonException)
        {
            json.WriteStringValue(Encoding.UTF8.GetString(data));
        }
    }
}
