using System.Text.Json;
using System.Text.Json.Serialization;

namespace Isobar.Local.Services.DynamoDb.Values;

/// <summary>Items and keys in requests and responses.</summary>
internal sealed class AttributeMapConverter : JsonConverter<AttributeMap>
{
    public override AttributeMap Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        AttributeValueReader.ReadMap(ref reader);

    public override void Write(Utf8JsonWriter writer, AttributeMap value, JsonSerializerOptions options) =>
        AttributeValueWriter.Write(writer, value);
}
