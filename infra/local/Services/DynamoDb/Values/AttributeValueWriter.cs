using System.Text.Json;

namespace Isobar.Local.Services.DynamoDb.Values;

/// <summary>Writes attribute values as JSON.</summary>
internal static class AttributeValueWriter
{
    public static void Write(Utf8JsonWriter json, AttributeMap map)
    {
        json.WriteStartObject();
        foreach (var (name, value) in map.Entries)
        {
            json.WritePropertyName(name);
            Write(json, value);
        }

        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, AttributeValue value)
    {
        json.WriteStartObject();
        json.WritePropertyName(value.Type);
        switch (value)
        {
            case BooleanValue boolean: json.WriteBooleanValue(boolean.Value); break;
            case NullValue: json.WriteBooleanValue(true); break;
            case MapValue map: Write(json, map.Members); break;
            case ListValue list:
                json.WriteStartArray();
                foreach (var element in list.Elements) Write(json, element);
                json.WriteEndArray();
                break;
            case SetValue set:
                json.WriteStartArray();
                foreach (var element in set.Elements) WriteScalar(json, element);
                json.WriteEndArray();
                break;
            default: WriteScalar(json, value); break;
        }

        json.WriteEndObject();
    }

    private static void WriteScalar(Utf8JsonWriter json, AttributeValue value)
    {
        if (value is BinaryValue binary) json.WriteBase64StringValue(binary.Value);
        else if (value is NumberValue number) json.WriteStringValue(number.Value.ToString());
        else json.WriteStringValue(((StringValue)value).Value);
    }
}
