using System.Text.Json.Nodes;

namespace Isobar.Tidy.Tests.Templates.Checks;

/// <summary>
/// A property that the SAM transform does not know, below the first level, is dropped in silence: a retry limit spelled
/// wrongly is AWS's default.
/// </summary>
/// <remarks>Source: tests/golden/sam/properties.json, from the transform itself.</remarks>
internal sealed class SamReadsEveryProperty : ITemplateCheck
{
    private static readonly JsonNode Known = JsonNode.Parse(Repository.Text("tests/golden/sam/properties.json"))!;

    public IEnumerable<Finding> Find(Template template) =>
        from root in template.Written["Resources"]!.AsObject()
            .Select(entry => new Root(entry.Key, entry.Value!["Type"]!.ToString(), entry.Value["Properties"]))
            .Append(new Root("Globals", "Globals", template.Written["Globals"]))
        where Known["roots"]![root.Type] is not null
        from finding in In(root.Where, root.Properties, Known["roots"]![root.Type]!.ToString())
        select finding;

    private static IEnumerable<Finding> In(string where, JsonNode? value, string shape)
    {
        if (value is not JsonObject map || Intrinsic.Of(map) is not null) return [];
        var known = Known["shapes"]![shape]!.AsObject();
        return map.SelectMany(entry => known[entry.Key] is JsonObject kinds
            ? Below($"{where}.{entry.Key}", entry.Value, kinds)
            : [new Finding($"{where}.{entry.Key}", "is no property that SAM reads")]);
    }

    private static IEnumerable<Finding> Below(string where, JsonNode? value, JsonObject kinds)
    {
        if (kinds["is"] is JsonArray one) return Best(where, value, one);
        if (kinds["list"] is JsonArray each && value is JsonArray list)
            return list.SelectMany((item, index) => Best($"{where}[{index}]", item, each));
        if (kinds["map"] is JsonArray every && value is JsonObject map && Intrinsic.Of(map) is null)
            return map.SelectMany(entry => Best($"{where}.{entry.Key}", entry.Value, every));
        return [];
    }

    // Where a value may have one of several shapes, it has the one whose Type it names, or the one that fits best.
    private static IEnumerable<Finding> Best(string where, JsonNode? value, JsonArray shapes)
    {
        if (value is not JsonObject) return [];
        var named = shapes.Select(shape => shape!.ToString()).Where(shape => IsOfType(value, shape)).ToArray();
        return named.Length == 0
            ? [new Finding($"{where}.Type", $"'{value["Type"]}' is no type that SAM knows here")]
            : named.Select(shape => In(where, value, shape).ToArray()).MinBy(findings => findings.Length)!;
    }

    private static bool IsOfType(JsonNode value, string shape) =>
        // A shape with an optional Type, such as DeadLetterConfig, may go without.
        value["Type"] is null
        || Known["shapes"]![shape]!["Type"]?["values"] is not JsonArray values
        || values.Any(type => type!.ToString() == Intrinsic.Text(value["Type"]));

    private sealed record Root(string Where, string Type, JsonNode? Properties);
}
