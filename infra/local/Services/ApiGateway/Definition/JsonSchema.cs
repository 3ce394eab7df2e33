using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Isobar.Local.Services.ApiGateway.Mapping;

namespace Isobar.Local.Services.ApiGateway.Definition;

/// <summary>A model: the part of JSON Schema, draft 4, that the README names.</summary>
internal sealed class JsonSchema
{
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>Another model that stands for this one.</summary>
    public Func<JsonSchema?>? Reference { get; init; }

    public IReadOnlyDictionary<string, JsonSchema> Properties { get; init; } = new Dictionary<string, JsonSchema>();

    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>Whether properties that are not named may stand there.</summary>
    public bool AllowsMore { get; init; } = true;

    /// <summary>What those must look like.</summary>
    public JsonSchema? More { get; init; }

    public JsonSchema? Items { get; init; }

    public JsonArray? Enumeration { get; init; }

    public Regex? Pattern { get; init; }

    public (int Min, int Max) Length { get; init; } = (0, int.MaxValue);

    public (int Min, int Max) ItemCount { get; init; } = (0, int.MaxValue);

    public decimal Minimum { get; init; } = decimal.MinValue;

    public decimal Maximum { get; init; } = decimal.MaxValue;

    /// <summary>Checks a value.</summary>
    /// <returns>What is wrong first, or null.</returns>
    public string? Check(JsonNode? value, int depth = 0)
    {
        if (depth > ApiGatewayLimits.MaxSchemaDepth) return "instance is nested too deep";
        if (Reference is not null) return Reference()?.Check(value, depth + 1);
        if (Types.Count > 0 && !Types.Any(type => Is(type, value)))
            return $"instance type ({TypeOf(value)}) does not match any allowed primitive type "
                + $"(allowed: [{string.Join(",", Types.Select(type => $"\"{type}\""))}])";
        if (Enumeration is not null && !Enumeration.Any(allowed => Values.Same(allowed, value)))
            return $"instance value ({JsonText.Write(value)}) not found in enum";
        return value switch
        {
            JsonObject map => CheckMap(map, depth),
            JsonArray list => CheckList(list, depth),
            JsonValue scalar when scalar.TryGetValue<string>(out var text) => CheckText(text),
            _ => Values.Number(value) is { } number ? CheckNumber(number) : null,
        };
    }

    private string? CheckMap(JsonObject map, int depth)
    {
        var missing = Required.Where(name => !map.ContainsKey(name)).ToArray();
        if (missing.Length > 0)
            return "object has missing required properties "
                + $"([{string.Join(",", missing.Select(name => $"\"{name}\""))}])";
        foreach (var (name, value) in map)
        {
            var schema = Properties.GetValueOrDefault(name) ?? More;
            if (schema is null && !AllowsMore && !Properties.ContainsKey(name))
                return $"object instance has properties which are not allowed by the schema: [\"{name}\"]";
            if (schema?.Check(value, depth + 1) is { } error) return error;
        }

        return null;
    }

    private string? CheckList(JsonArray list, int depth)
    {
        if (list.Count < ItemCount.Min) return $"array is too short: must have at least {ItemCount.Min} elements";
        if (list.Count > ItemCount.Max) return $"array is too long: must have at most {ItemCount.Max} elements";
        return Items is null
            ? null
            : list.Select(item => Items.Check(item, depth + 1)).FirstOrDefault(error => error is not null);
    }

    private string? CheckText(string text)
    {
        // Draft 4 counts characters, not UTF-16 units.
        var length = text.EnumerateRunes().Count();
        if (length < Length.Min) return $"string is too short (length: {length}, required minimum: {Length.Min})";
        if (length > Length.Max) return $"string is too long (length: {length}, maximum allowed: {Length.Max})";
        return Pattern is not null && !BoundedRegex.Matches(Pattern, text)
            ? $"ECMA 262 regex \"{Pattern}\" does not match input string"
            : null;
    }

    private string? CheckNumber(decimal number) =>
        number < Minimum ? $"numeric instance is lower than the required minimum (minimum: {Minimum})"
        : number > Maximum ? $"numeric instance is greater than the required maximum (maximum: {Maximum})"
        : null;

    private static bool Is(string type, JsonNode? value) =>
        type == TypeOf(value) || (type == "number" && TypeOf(value) == "integer");

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        // Draft 4: an integer is written without a fraction and an exponent.
        _ => value.ToJsonString().AsSpan().ContainsAny('.', 'e', 'E') ? "number" : "integer",
    };
}
