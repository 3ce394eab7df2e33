using System.Globalization;
using System.Text.Json.Nodes;

namespace Isobar.Tidy.Tests.Templates;

/// <summary>A template with one thing broken, and what a check says of it.</summary>
internal sealed record Mutation(
    string Name, string Path, string Check, string Finding, Action<JsonObject> Break, Profile Profile)
{
    public static Action<JsonObject> Set(string path, JsonNode? value) => template =>
    {
        var (parent, last) = Parent(template, path);
        if (parent is JsonArray list) list[Index(last)] = value?.DeepClone();
        else parent[last] = value?.DeepClone();
    };

    public static Action<JsonObject> Remove(string path) => template =>
    {
        var (parent, last) = Parent(template, path);
        if (parent is JsonArray list) list.RemoveAt(Index(last));
        else Assert.True(((JsonObject)parent).Remove(last), path);
    };

    public static JsonNode Json(string json) => JsonNode.Parse(json)!;

    private static (JsonNode Parent, string Last) Parent(JsonObject template, string path)
    {
        var steps = path.Split('/');
        var parent = steps[..^1].Aggregate(
            (JsonNode)template, (node, step) => (node is JsonArray list ? list[Index(step)] : node[step])!);
        return (parent, steps[^1]);
    }

    private static int Index(string step) => int.Parse(step, CultureInfo.InvariantCulture);
}
