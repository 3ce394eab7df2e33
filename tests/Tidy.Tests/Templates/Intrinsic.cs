using System.Text.Json.Nodes;

namespace Isobar.Tidy.Tests.Templates;

/// <summary>CloudFormation's functions, as they stand in a template.</summary>
internal static class Intrinsic
{
    /// <summary>The name of the function that this value is a call of: Ref, Condition or Fn::…; else null.</summary>
    public static string? Of(JsonNode? node) =>
        node is JsonObject { Count: 1 } map
        && map.Single().Key is var key
        && (key is "Ref" or "Condition" || key.StartsWith("Fn::", StringComparison.Ordinal))
            ? key
            : null;

    /// <summary>The name that a Ref refers to.</summary>
    public static string? Ref(JsonNode? node) => Of(node) == "Ref" ? Text(node!["Ref"]) : null;

    /// <summary>The resource and attribute of a GetAtt, as <c>Resource.Attribute</c>.</summary>
    public static string? GetAtt(JsonNode? node) =>
        Of(node) == "Fn::GetAtt" ? string.Join('.', node!["Fn::GetAtt"]!.AsArray().Select(Text)) : null;

    /// <summary>The pattern of a Sub with or without values of its own.</summary>
    public static string? Sub(JsonNode? node) =>
        Of(node) != "Fn::Sub" ? null : Text(node!["Fn::Sub"]) ?? Text(node["Fn::Sub"]?[0]);

    /// <summary>The logical id of a Ref or GetAtt; of a function's alias or version, the function's.</summary>
    public static string? Target(JsonNode? node) => (Ref(node) ?? GetAtt(node))?.Split('.')[0];

    /// <summary>A value that is written out: text, number or truth.</summary>
    public static string? Text(JsonNode? node) => node is JsonValue value ? value.ToString() : null;

    public static double? Number(JsonNode? node) =>
        double.TryParse(Text(node), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A value that may be one or a list, as a list.</summary>
    public static IEnumerable<JsonNode?> Each(JsonNode? node) => node switch
    {
        null => [],
        // Said outright: else the compiler would put the lone node into another array.
        JsonArray list => (IEnumerable<JsonNode?>)list,
        _ => [node],
    };

    /// <summary>The node and all that is in it.</summary>
    public static IEnumerable<JsonNode> Within(JsonNode? node) => node switch
    {
        null => [],
        JsonObject map => map.SelectMany(pair => Within(pair.Value)).Prepend(node),
        JsonArray list => list.SelectMany(Within).Prepend(node),
        _ => [node],
    };
}
