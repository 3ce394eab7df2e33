using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Amazon.SQS.Model;

namespace Amazon.SQS.Internal;

/// <summary>Members that are there or not: null is not written, and what is not there is read as null.</summary>
internal static class Json
{
    public static void Set(this Utf8JsonWriter json, string name, string value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    public static void Set(this Utf8JsonWriter json, string name, int? value)
    {
        if (value is not null)
        {
            json.WriteNumber(name, value.Value);
        }
    }

    public static void Set(this Utf8JsonWriter json, string name, List<string> values)
    {
        if (!IsSet(values?.Count))
        {
            return;
        }

        json.WriteStartArray(name);
        values.ForEach(json.WriteStringValue);
        json.WriteEndArray();
    }

    public static void Set(
        this Utf8JsonWriter json, string name, Dictionary<string, MessageAttributeValue> attributes) =>
        Set(json, name, attributes, v => (v.DataType, v.StringValue, v.BinaryValue));

    public static void Set(
        this Utf8JsonWriter json, string name, Dictionary<string, MessageSystemAttributeValue> attributes) =>
        Set(json, name, attributes, v => (v.DataType, v.StringValue, v.BinaryValue));

    public static string Text(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            ? value.GetString()
            : null;

    public static List<T> List<T>(this JsonElement element, string name, Func<JsonElement, T> read) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var items)
            ? items.EnumerateArray().Select(read).ToList()
            : AWSConfigs.InitializeCollections ? [] : null;

    public static Dictionary<string, string> Texts(this JsonElement element, string name) =>
        Map(element, name, value => value.GetString());

    public static Dictionary<string, T> Map<T>(this JsonElement element, string name, Func<JsonElement, T> read) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var pairs)
            ? pairs.EnumerateObject().ToDictionary(p => p.Name, p => read(p.Value))
            : AWSConfigs.InitializeCollections ? [] : null;

    private static void Set<T>(
        Utf8JsonWriter json,
        string name,
        Dictionary<string, T> attributes,
        Func<T, (string DataType, string Text, MemoryStream Bytes)> parts)
    {
        if (!IsSet(attributes?.Count))
        {
            return;
        }

        json.WriteStartObject(name);
        foreach (var (key, attribute) in attributes)
        {
            var (dataType, text, bytes) = parts(attribute);
            json.WriteStartObject(key);
            json.Set("DataType", dataType);
            json.Set("StringValue", text);
            if (bytes is not null)
            {
                json.WriteBase64String("BinaryValue", bytes.ToArray());
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    // An empty collection is a value, unless collections are created empty and so say nothing.
    private static bool IsSet(int? count) => count > 0 || (count == 0 && !AWSConfigs.InitializeCollections);
}
