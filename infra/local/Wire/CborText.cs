using System.Buffers;
using System.Formats.Cbor;
using System.Text.Json;

namespace Isobar.Local.Wire;

/// <summary>What JSON can't tell of a service's members, and CBOR must.</summary>
/// <param name="IsTimestamp">Whether the numbers of a member are timestamps.</param>
/// <param name="IsBlob">Whether the texts of a member are base64.</param>
/// <param name="CountsMilliseconds">
/// Whether CBOR has timestamps as whole milliseconds, as the older CBOR of awsJson services, and not as seconds.
/// </param>
internal sealed record CborMembers(
    Predicate<string> IsTimestamp, Predicate<string> IsBlob, bool CountsMilliseconds = false);

/// <summary>Turns documents of the CBOR protocols into JSON with the same members, and back.</summary>
/// <remarks>
/// Source: Smithy, "Smithy RPC v2 CBOR protocol"; RFC 8949; the AWS SDK for Java for the older CBOR, which writes a
/// timestamp as tag 1 and the milliseconds since 1970.
/// </remarks>
internal static class CborText
{
    // Ours: no request of a service is as deep.
    private const int MaxDepth = 32;

    /// <summary>Reads one CBOR document. A timestamp (tag 1) becomes its seconds, a blob base64.</summary>
    /// <param name="countsMilliseconds">As <see cref="CborMembers"/> has it.</param>
    /// <exception cref="AwsException">SerializationException: it is no CBOR that the protocol allows.</exception>
    public static ReadOnlyMemory<byte> ToJson(ReadOnlyMemory<byte> document, bool countsMilliseconds = false)
    {
        if (document.IsEmpty) return "{}"u8.ToArray();
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            using var json = new Utf8JsonWriter(buffer);
            var reader = new CborReader(document, CborConformanceMode.Lax);
            Copy(reader, json, countsMilliseconds, 0);
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
    public static byte[] FromJson(ReadOnlyMemory<byte> json, CborMembers members)
    {
        using var document = JsonDocument.Parse(json);
        var cbor = new CborWriter(CborConformanceMode.Lax);
        Write(document.RootElement, cbor, members, "");
        return cbor.Encode();
    }

    private static AwsException Unreadable() =>
        new("SerializationException", "The request body could not be read as CBOR of this operation.");

    private static void Copy(CborReader reader, Utf8JsonWriter json, bool countsMilliseconds, int depth)
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
                    Copy(reader, json, countsMilliseconds, depth + 1);
                }

                reader.ReadEndMap();
                json.WriteEndObject();
                break;
            case CborReaderState.StartArray:
                reader.ReadStartArray();
                json.WriteStartArray();
                while (reader.PeekState() != CborReaderState.EndArray)
                    Copy(reader, json, countsMilliseconds, depth + 1);
                reader.ReadEndArray();
                json.WriteEndArray();
                break;
            case CborReaderState.Tag:
                if (reader.ReadTag() == CborTag.UnixTimeSeconds && countsMilliseconds
                    && reader.PeekState() is CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger)
                {
                    json.WriteNumberValue(reader.ReadInt64() / 1_000m);
                    break;
                }

                Copy(reader, json, countsMilliseconds, depth + 1);
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

    private static void Write(JsonElement value, CborWriter cbor, CborMembers members, string name)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                cbor.WriteStartMap(value.GetPropertyCount());
                foreach (var member in value.EnumerateObject())
                {
                    cbor.WriteTextString(member.Name);
                    Write(member.Value, cbor, members, member.Name);
                }

                cbor.WriteEndMap();
                break;
            case JsonValueKind.Array:
                cbor.WriteStartArray(value.GetArrayLength());
                foreach (var item in value.EnumerateArray()) Write(item, cbor, members, name);
                cbor.WriteEndArray();
                break;
            case JsonValueKind.String when members.IsBlob(name):
                cbor.WriteByteString(value.GetBytesFromBase64());
                break;
            case JsonValueKind.String:
                cbor.WriteTextString(value.GetString()!);
                break;
            case JsonValueKind.Number when members.IsTimestamp(name):
                cbor.WriteTag(CborTag.UnixTimeSeconds);
                if (members.CountsMilliseconds) cbor.WriteInt64((long)(value.GetDecimal() * 1_000));
                else cbor.WriteDouble(value.GetDouble());
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
