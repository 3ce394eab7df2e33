using System.Text.Json.Nodes;

namespace Isobar.Tidy.Tests.Templates;

/// <summary>
/// A template's values under one profile: parameters and conditions are decided, and everything that only a
/// deployment knows stays the function call that it is.
/// </summary>
internal sealed class Resolution(JsonObject template, Profile profile)
{
    private const string NoValue = "AWS::NoValue";

    /// <summary>Whether a condition of the template holds; what can't be decided here holds.</summary>
    public bool Holds(string condition) => Test(template["Conditions"]?[condition]);

    /// <summary>The value; null where it is AWS::NoValue.</summary>
    public JsonNode? Value(JsonNode? node) => node switch
    {
        JsonObject when Intrinsic.Ref(node) is { } name => Referred(name, node),
        JsonObject when Intrinsic.Of(node) == "Fn::If" => If(node["Fn::If"]!.AsArray()),
        JsonObject map => new JsonObject(
            map.Select(pair => KeyValuePair.Create(pair.Key, Value(pair.Value))).Where(pair => pair.Value is not null)),
        JsonArray list => new JsonArray([.. list.Select(Value).Where(item => item is not null)]),
        _ => node?.DeepClone(),
    };

    private JsonNode? Referred(string name, JsonNode node) =>
        name == NoValue ? null
        : name == "AWS::Region" ? profile.Region
        : profile.Parameters.TryGetValue(name, out var given) ? given
        : template["Parameters"]?[name]?["Default"]?.DeepClone() ?? node.DeepClone();

    private JsonNode? If(JsonArray choice) => Value(choice[Holds(choice[0]!.ToString()) ? 1 : 2]);

    private bool Test(JsonNode? condition) => Intrinsic.Of(condition) switch
    {
        "Fn::Equals" => JsonText(condition!["Fn::Equals"]![0]) == JsonText(condition["Fn::Equals"]![1]),
        "Fn::Not" => !Test(condition!["Fn::Not"]![0]),
        "Fn::And" => condition!["Fn::And"]!.AsArray().All(Test),
        "Fn::Or" => condition!["Fn::Or"]!.AsArray().Any(Test),
        "Condition" => Holds(condition!["Condition"]!.ToString()),
        _ => true,
    };

    // CloudFormation compares strings: the number 0 equals the text "0".
    private string JsonText(JsonNode? node) =>
        Value(node) is { } value ? Intrinsic.Text(value) ?? value.ToJsonString() : "";
}
