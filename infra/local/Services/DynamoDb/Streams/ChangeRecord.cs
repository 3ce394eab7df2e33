using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Services.DynamoDb.Streams;

/// <summary>A change as a record, in answers of the API and in events of invocations.</summary>
/// <remarks>
/// Source: Amazon DynamoDB Streams API Reference, Record; AWS Lambda Developer Guide, "Using AWS Lambda with Amazon
/// DynamoDB"; members, order and sizes as recorded against AWS in November 2025.
/// </remarks>
internal static class ChangeRecord
{
    private static readonly JsonWriterOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 256,
    };

    /// <summary>The record that an event carries for a change.</summary>
    /// <returns>UTF-8 JSON.</returns>
    public static ReadOnlyMemory<byte> ForEvent(TableStream stream, ItemChange change)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024 + 2 * change.Size);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            WriteMembers(json, stream, change, "type", "principalId");
            json.WriteString("eventSourceARN", stream.Arn.ToString());
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The record as GetRecords answers it.</summary>
    public static void Write(Utf8JsonWriter json, TableStream stream, ItemChange change)
    {
        json.WriteStartObject();
        WriteMembers(json, stream, change, "Type", "PrincipalId");
        json.WriteEndObject();
    }

    // The API and the event spell the members of userIdentity differently.
    private static void WriteMembers(
        Utf8JsonWriter json, TableStream stream, ItemChange change, string type, string principalId)
    {
        json.WriteString("eventID", IdOf(stream, change));
        json.WriteString("eventName", change.EventName);
        json.WriteString("eventVersion", "1.1");
        json.WriteString("eventSource", "aws:dynamodb");
        json.WriteString("awsRegion", stream.Arn.Region);
        json.WriteStartObject("dynamodb");
        json.WriteNumber("ApproximateCreationDateTime", change.At.ToUnixTimeSeconds());
        WriteItem(json, "Keys", change.Keys);
        WriteItem(json, "NewImage", change.New);
        WriteItem(json, "OldImage", change.Old);
        json.WriteString("SequenceNumber", SequenceNumbers.Text(change.Number));
        json.WriteNumber("SizeBytes", change.Size);
        json.WriteString("StreamViewType", stream.View);
        json.WriteEndObject();
        if (!change.IsExpiry) return;
        json.WriteStartObject("userIdentity");
        json.WriteString(type, "Service");
        json.WriteString(principalId, "dynamodb.amazonaws.com");
        json.WriteEndObject();
    }

    private static void WriteItem(Utf8JsonWriter json, string name, AttributeMap? item)
    {
        if (item is null) return;
        json.WritePropertyName(name);
        AttributeValueWriter.Write(json, item);
    }

    // The same for the same change, whoever reads it.
    private static string IdOf(TableStream stream, ItemChange change) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{stream.Arn}/{change.Number}")), 0, 16);
}
