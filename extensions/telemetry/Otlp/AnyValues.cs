using System.Runtime.InteropServices;
using System.Text.Json;

namespace Isobar.Telemetry.Otlp;

/// <summary>Writes OTLP's attributes, and JSON as its AnyValue.</summary>
/// <remarks>
/// Source: opentelemetry-proto, <c>common/v1/common.proto</c>: AnyValue, ArrayValue, KeyValueList, KeyValue.
/// </remarks>
internal static class AnyValues
{
    /// <summary>
    /// JSON that is deeper is written as text: each level is up to four of Protocol Buffers, and its parsers refuse a
    /// message of more than a hundred.
    /// </summary>
    public const int MaxDepth = 16;

    private const int Key = 1, Value = 2;
    private const int String = 1, Bool = 2, Int = 3, Double = 4, Array = 5, Object = 6;
    private const int Values = 1;

    /// <summary>Writes an attribute with a text.</summary>
    public static void Attribute(this ProtobufWriter writer, int field, string name, ReadOnlySpan<char> value)
    {
        var attribute = Named(writer, field, name, out var inner);
        writer.Text(String, value);
        writer.End(inner);
        writer.End(attribute);
    }

    /// <summary>Writes an attribute with a whole number.</summary>
    public static void Attribute(this ProtobufWriter writer, int field, string name, long value)
    {
        var attribute = Named(writer, field, name, out var inner);
        writer.Number(Int, (ulong)value);
        writer.End(inner);
        writer.End(attribute);
    }

    /// <summary>Writes an attribute that is true or false.</summary>
    public static void Attribute(this ProtobufWriter writer, int field, string name, bool value)
    {
        var attribute = Named(writer, field, name, out var inner);
        writer.Number(Bool, value ? 1UL : 0);
        writer.End(inner);
        writer.End(attribute);
    }

    /// <summary>Writes an AnyValue that says what the JSON says; null has no member.</summary>
    public static void Json(this ProtobufWriter writer, int field, JsonElement json)
    {
        var text = JsonMarshal.GetRawUtf8Value(json);
        var reader = new Utf8JsonReader(text);
        reader.Read();
        Json(writer, field, text, ref reader);
    }

    private static int Named(ProtobufWriter writer, int field, string name, out int inner)
    {
        var attribute = writer.Begin(field);
        writer.Text(Key, name);
        inner = writer.Begin(Value);
        return attribute;
    }

    private static void Json(ProtobufWriter writer, int field, ReadOnlySpan<byte> text, ref Utf8JsonReader reader)
    {
        var value = writer.Begin(field);
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                writer.Text(String, ref reader);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                writer.Number(Bool, reader.TokenType == JsonTokenType.True ? 1UL : 0);
                break;
            case JsonTokenType.Number when reader.TryGetInt64(out var whole):
                writer.Number(Int, (ulong)whole);
                break;
            case JsonTokenType.Number:
                writer.Double(Double, reader.GetDouble());
                break;
            case JsonTokenType.StartArray or JsonTokenType.StartObject when reader.CurrentDepth >= MaxDepth:
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                writer.Bytes(String, text[start..(int)reader.BytesConsumed]);
                break;
            case JsonTokenType.StartArray:
                var array = writer.Begin(Array);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    Json(writer, Values, text, ref reader);
                writer.End(array);
                break;
            case JsonTokenType.StartObject:
                var members = writer.Begin(Object);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                    Member(writer, text, ref reader);
                writer.End(members);
                break;
        }

        writer.End(value);
    }

    private static void Member(ProtobufWriter writer, ReadOnlySpan<byte> text, ref Utf8JsonReader reader)
    {
        var member = writer.Begin(Values);
        writer.Text(Key, ref reader);
        reader.Read();
        Json(writer, Value, text, ref reader);
        writer.End(member);
    }
}
