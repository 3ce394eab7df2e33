using System.Text.Json;
using Isobar.Local.Services.DynamoDb;
using Isobar.Local.Services.DynamoDb.Expressions;
using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Tests.Services.DynamoDb;

/// <summary>Items, values and expressions from the text that a request would hold.</summary>
internal static class ItemText
{
    public static AttributeMap Map(string json) => JsonSerializer.Deserialize(json, DynamoDbJson.Default.AttributeMap)!;

    public static string Json(AttributeMap? map) => JsonSerializer.Serialize(map!, DynamoDbJson.Default.AttributeMap);

    public static Placeholders Placeholders(string? values, params (string Name, string Means)[] names) => new(
        names.Length == 0 ? null : names.ToDictionary(name => name.Name, name => name.Means),
        values is null ? null : new PlaceholderValues(Map(values)), ("Any", "expression"));

    public static Condition Condition(string text, string? values = null, params (string, string)[] names) =>
        ConditionParser.Parse("ConditionExpression", text, Placeholders(values, names))!;

    public static Update Update(string text, string? values = null, params (string, string)[] names) =>
        UpdateParser.Parse(text, Placeholders(values, names))!;

    public static Projection Projection(string text, params (string, string)[] names) =>
        Isobar.Local.Services.DynamoDb.Expressions.Projection.Parse(text, Placeholders(null, names))!;
}
