using System.Text.Json.Nodes;

namespace Isobar.Tidy.Tests.Templates;

/// <summary>
/// What a resource gets from Globals: maps are merged, lists joined with the global part first, all else is overridden.
/// </summary>
/// <remarks>Source: AWS SAM Developer Guide, Globals section of the template.</remarks>
internal static class GlobalsMerge
{
    public static JsonNode? Merge(JsonNode? global, JsonNode? own) => (global, own) switch
    {
        (null, _) => own?.DeepClone(),
        (_, null) => global.DeepClone(),
        (JsonObject left, JsonObject right) when Intrinsic.Of(left) is null && Intrinsic.Of(right) is null =>
            new JsonObject(left.Select(pair => pair.Key).Union(right.Select(pair => pair.Key))
                .Select(key => KeyValuePair.Create(key, Merge(left[key], right[key])))),
        (JsonArray left, JsonArray right) =>
            new JsonArray([.. left.Concat(right).Select(item => item?.DeepClone())]),
        _ => own.DeepClone(),
    };
}
