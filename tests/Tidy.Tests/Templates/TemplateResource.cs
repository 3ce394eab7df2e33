using System.Text.Json.Nodes;

namespace Isobar.Tidy.Tests.Templates;

/// <summary>A resource of a template; a function's properties hold what Globals give it.</summary>
internal sealed record TemplateResource(string Id, string Type, JsonObject Declaration, JsonObject Properties)
{
    public const string Function = "AWS::Serverless::Function";

    public bool IsFunction => Type == Function;

    public bool IsImage => Intrinsic.Text(Properties["PackageType"]) == "Image";

    /// <summary>What is at a path of property names; null where there is nothing.</summary>
    public JsonNode? At(params IEnumerable<string> path) =>
        path.Aggregate((JsonNode?)Properties, (node, name) => node is JsonObject map ? map[name] : null);

    public string? Text(params IEnumerable<string> path) => Intrinsic.Text(At(path));

    public double? Number(params IEnumerable<string> path) => Intrinsic.Number(At(path));

    /// <summary>The SAM events of a type, by name.</summary>
    public IEnumerable<(string Name, JsonObject Properties)> Events(params IEnumerable<string> types) =>
        from entry in At("Events") as JsonObject ?? []
        where types.Contains(Intrinsic.Text(entry.Value?["Type"]))
        select (entry.Key, entry.Value!["Properties"] as JsonObject ?? []);
}
