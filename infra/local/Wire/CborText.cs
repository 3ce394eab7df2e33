using System.Buffers;
using System.Formats.Cbor;
using System.Text.Json;

namespace Isobar.Local.Wire;

/// <summary>Turns documents of the CBOR protocol into JSON with the same members, and back.</summary>
/// <remarks>Source: Smithy, "Smithy RPC v2 CBOR protocol"; RFC 8949.</remarks>
internal static class CborText
{
    // Ours: no request of a service is as deep.
    private const int MaxDepth = 32;

    /// <summary>Reads one CBOR document. A timestamp (tag 1) becomes its seconds, a blob base64.</summary>
    /// <exception cref="AwsException">SerializationException: it is no CBOR that the protocol allows.</exception>
    public static ReadOnlyMemory<byte> ToJson(ReadOnlyMemory<byte> document)
    {
        if (document.IsEmpty) return "{}"u8.ToArray();
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            using var json = new Utf8JsonWriter(buffer);
            var reader = new CborReader(document, CborConformanceMode.Lax);
            Copy(reader, json, 0);
            if (reader.BytesRemaining > 0) throw Unreadable();
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or OverflowException
            or FormatException or ArgumentException)
        {
            throw Unreadable();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Writes a JSON document as CBOR.</summary>
    /// <param name="isTimestamp">Whether the numbers of a member are timestamps.</param>
    public static byte[] FromJson(ReadOnlyMemory<byte> json, Predicate<string> isTimestamp)
    {
        using var document = JsonDocument.Parse(json);
        var cbor = new CborWriter(CborConformanceMode.Lax);
        Write(document.RootElement, cbor, isTimestamp, isTime: false);
        return cbor.Encode();
    }

    private static AwsException Unreadable() =>
        new("SerializationException", "The request body could not be read as CBOR of this operation.");

    private static void Copy(CborReader reader, Utf8JsonWriter json, int depth)
    {
        if (depth > MaxDepth) throw Unreadable();
        switch (reader.PeekState())
        {
            case CborReaderState.StartMap:
                reader.ReadStartMap();
                json.WriteStartObject();
                while (reader.PeekState() != CborReaderState.EndMap)
                {
                    json.WritePropertyName(reader.ReadTextString());
                    Copy(reader, json, depth + 1);
                }

                reader.ReadEndMap();
                json.WriteEndObject();
                break;
            case CborReaderState.StartArray:
                reader.ReadStartArray();
                json.WriteStartArray();
                while (reader.PeekState() != CborReaderState.EndArray) Copy(reader, json, depth + 1);
                reader.ReadEndArray();
                json.WriteEndArray();
                break;
            case CborReaderState.Tag:
                reader.ReadTag();
                Copy(reader, json, depth + 1);
                break;
            default:
                CopyScalar(reader, json);
                break;
        }
    }

    private static void CopyScalar(CborReader reader, Utf8JsonWriter json)
    {
        switch (reader.PeekState())
        {
            case CborReaderState.TextString or CborReaderState.StartIndefiniteLengthTextString:
                json.WriteStringValue(reader.ReadTextString());
                break;
            case CborReaderState.ByteString or CborReaderState.StartIndefiniteLengthByteString:
                json.WriteBase64StringValue(reader.ReadByteString());
                break;
            case CborReaderState.UnsignedInteger:
                json.WriteNumberValue(reader.ReadUInt64());
                break;
            case CborReaderState.NegativeInteger:
                json.WriteNumberValue(reader.ReadInt64());
                break;
            case CborReaderState.Boolean:
                json.WriteBooleanValue(reader.ReadBoolean());
                break;
            case CborReaderState.HalfPrecisionFloat or CborReaderState.SinglePrecisionFloat
                or CborReaderState.DoublePrecisionFloat:
                json.WriteNumberValue(reader.ReadDouble());
                break;
            case CborReaderState.Null:
                reader.ReadNull();
                json.WriteNullValue();
                break;
            default:
                throw Unreadable();
        }
    }

    private static void Write(JsonElement value, CborWriter cbor, Predicate<string> isTimestamp, bool isTime)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                cbor.WriteStartMap(value.GetPropertyCount());
                foreach (var member in value.EnumerateObject())
                {
                    cbor.WriteTextString(member.Name);
                    Write(member.Value, cbor, isTimestamp, isTimestamp(member.Name));
                }

                cbor.WriteEndMap();
                break;
            case JsonValueKind.Array:
                cbor.WriteStartArray(value.GetArrayLength());
                foreach (var item in value.EnumerateArray()) Write(item, cbor, isTimestamp, isTime);
                cbor.WriteEndArray();
                break;
            case JsonValueKind.String:
                cbor.WriteTextString(value.GetString()!);
                break;
            case JsonValueKind.Number when isTime:
                cbor.WriteTag(CborTag.UnixTimeSeconds);
                cbor.WriteDouble(value.GetDouble());
                break;
            case JsonValueKind.Number when value.TryGetInt64(out var whole):
                cbor.WriteInt64(whole);
                break;
            case JsonValueKind.Number:
                cbor.WriteDouble(value.GetDouble());
                break;
            case JsonValueKind.True or JsonValueKind.False:
                cbor.WriteBoolean(value.GetBoolean());
                break;
            default:
                cbor.WriteNull();
                break;
        }
    }
}
