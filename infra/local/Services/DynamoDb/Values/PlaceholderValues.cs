using System.Text.Json;
using System.Text.Json.Serialization;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Values;

/// <summary>ExpressionAttributeValues: what a request's <c>:placeholders</c> stand for.</summary>
internal sealed record PlaceholderValues(AttributeMap Values);

/// <summary>Reads them; an error about a value names its placeholder.</summary>
internal sealed class PlaceholderValuesConverter : JsonConverter<PlaceholderValues>
{
    public override PlaceholderValues Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException();
        var entries = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            try
            {
                entries[name] = AttributeValueReader.Read(ref reader);
            }
            catch (AwsException e)
            {
                throw DynamoDbErrors.InvalidPlaceholderValue(name, e);
            }
        }

        return new PlaceholderValues(AttributeMap.Of(entries));
    }

    public override void Write(Utf8JsonWriter writer, PlaceholderValues value, JsonSerializerOptions options) =>
        AttributeValueWriter.Write(writer, value.Values);
}
