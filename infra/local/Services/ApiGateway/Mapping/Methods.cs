using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Isobar.Local.Services.ApiGateway.Mapping;

internal delegate JsonNode? ValueMethod(JsonNode? owner, IReadOnlyList<JsonNode?> arguments);

/// <summary>The methods of Java's strings, lists and maps that templates may call.</summary>
internal static class Methods
{
    private static readonly TimeSpan PatternBound = TimeSpan.FromSeconds(1);

    private static readonly Dictionary<(string Name, int Arguments), ValueMethod> Known = new()
    {
        [("size", 0)] = (owner, _) => Count(owner),
        [("length", 0)] = (owner, _) => owner is null ? null : Values.Text(owner).Length,
        [("isEmpty", 0)] = (owner, _) => owner is null ? null : Count(owner) == 0,
        [("keySet", 0)] = (owner, _) =>
            owner is JsonObject map ? new JsonArray([.. map.Select(entry => (JsonNode)entry.Key)]) : null,
        [("toString", 0)] = (owner, _) => owner is null ? null : Values.Text(owner),
        [("get", 1)] = (owner, arguments) => Get(owner, arguments[0]),
        [("containsKey", 1)] = (owner, arguments) =>
            owner is JsonObject map ? map.ContainsKey(Values.Text(arguments[0])) : null,
        [("equals", 1)] = (owner, arguments) => Values.Same(owner, arguments[0]),
        [("contains", 1)] = (owner, arguments) => owner is null
            ? null
            : Values.Text(owner).Contains(Values.Text(arguments[0]), StringComparison.Ordinal),
        [("replaceAll", 2)] = (owner, arguments) => ReplaceAll(owner, arguments),
    };

    public static string Supported => string.Join(", ", Known.Keys.Select(key => key.Name));

    public static ValueMethod? Find(string name, int arguments) => Known.GetValueOrDefault((name, arguments));

    public static JsonNode? Get(JsonNode? owner, JsonNode? key) => owner switch
    {
        JsonObject map => map[Values.Text(key)],
        JsonArray list when Values.Number(key) is >= 0 and { } index && index < list.Count => list[(int)index],
        _ => null,
    };

    private static int? Count(JsonNode? owner) => owner switch
    {
        JsonObject map => map.Count,
        JsonArray list => list.Count,
        null => null,
        _ => Values.Text(owner).Length,
    };

    private static JsonNode? ReplaceAll(JsonNode? owner, IReadOnlyList<JsonNode?> arguments)
    {
        if (owner is null) return null;
        try
        {
            return Regex.Replace(
                Values.Text(owner), Values.Text(arguments[0]), Values.Text(arguments[1]),
                RegexOptions.CultureInvariant, PatternBound);
        }
        catch (Exception e) when (e is ArgumentException or RegexMatchTimeoutException)
        {
            throw new TemplateFailedException(string.Create(
                CultureInfo.InvariantCulture, $"replaceAll could not use its pattern: {e.Message}"));
        }
    }
}
