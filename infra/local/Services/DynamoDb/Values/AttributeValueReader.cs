using System.Collections.Immutable;
using System.Text.Json;

namespace Isobar.Local.Services.DynamoDb.Values;

/// <summary>Reads attribute values from JSON, with DynamoDB's rules for each type.</summary>
internal static class AttributeValueReader
{
    /// <summary>Reads the object at which the reader stands, up to its end.</summary>
    /// <param name="level">0 for a top-level attribute; each map or list around it adds one.</param>
    /// <exception cref="Wire.AwsException">ValidationException: the value breaks a rule of its type.</exception>
    /// <exception cref="JsonException">The JSON has not the shape of an attribute value.</exception>
    public static AttributeValue Read(ref Utf8JsonReader reader, int level = 0)
    {
        if (reader.TokenType == JsonTokenType.Null) throw DynamoDbErrors.EmptyAttributeValue();
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException();
        if (level > DynamoDbLimits.NestingLevels) throw DynamoDbErrors.NestedTooDeeply();
        AttributeValue? value = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var type = reader.GetString();
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null) continue;
            if (ReadTyped(ref reader, type!, level) is not { } next) continue;
            if (value is not null) throw DynamoDbErrors.AmbiguousAttributeValue();
            value = next;
        }

        return value ?? throw DynamoDbErrors.EmptyAttributeValue();
    }

    public static AttributeMap ReadMap(ref Utf8JsonReader reader, int level = 0)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException();
        var entries = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            entries[name] = Read(ref reader, level);
        }

        return AttributeMap.Of(entries);
    }

    private static AttributeValue? ReadTyped(ref Utf8JsonReader reader, string type, int level)
    {
        switch (type)
        {
            case "S": return new StringValue(reader.GetString()!);
            case "N": return new NumberValue(DecimalNumber.Parse(reader.GetString()!));
            case "B": return new BinaryValue(reader.GetBytesFromBase64());
            case "BOOL": return new BooleanValue(reader.GetBoolean());
            case "NULL": return reader.GetBoolean() ? new NullValue() : throw DynamoDbErrors.NullMustBeTrue();
            case "M": return new MapValue(ReadMap(ref reader, level + 1));
            case "L": return new ListValue([.. ReadList(ref reader, "L", level + 1)]);
            case "SS" or "NS" or "BS": return ReadSet(ref reader, type);
            default:
                reader.Skip();
                return null;
        }
    }

    private static List<AttributeValue> ReadList(ref Utf8JsonReader reader, string type, int level)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException();
        var elements = new List<AttributeValue>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (type != "L" && reader.TokenType != JsonTokenType.String) throw new JsonException();
            elements.Add(type == "L" ? Read(ref reader, level) : ReadTyped(ref reader, type[..1], level)!);
        }

        return elements;
    }

    private static SetValue ReadSet(ref Utf8JsonReader reader, string type)
    {
        var elements = ReadList(ref reader, type, 0);
        if (elements.Count == 0) throw DynamoDbErrors.EmptySet(type);
        var set = elements.ToImmutableSortedSet(ScalarOrder.Instance);
        return set.Count == elements.Count
            ? new SetValue(type, set)
            : throw DynamoDbErrors.DuplicatesInSet(type, elements);
    }
}
