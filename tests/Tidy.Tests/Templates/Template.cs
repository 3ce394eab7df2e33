using System.Text.Json.Nodes;

namespace Isobar.Tidy.Tests.Templates;

/// <summary>A template under a profile, as the checks see it.</summary>
internal sealed class Template
{
    private Template(string path, JsonObject written, Profile profile)
    {
        (Path, Written, Profile) = (path, written, profile);
        var resolution = new Resolution(written, profile);
        Resources =
        [
            .. from resource in Map(written["Resources"])
               let declaration = (JsonObject)resource.Value!
               where Intrinsic.Text(declaration["Condition"]) is not { } condition || resolution.Holds(condition)
               select Resolve(resource.Key, declaration, resolution),
        ];
    }

    /// <summary>From the repository's root.</summary>
    public string Path { get; }

    /// <summary>As it is in the file, before any value is decided.</summary>
    public JsonObject Written { get; }

    public Profile Profile { get; }

    /// <summary>Those that the profile creates.</summary>
    public IReadOnlyList<TemplateResource> Resources { get; }

    public IEnumerable<TemplateResource> Functions => Resources.Where(resource => resource.IsFunction);

    public static Template Read(string path, Profile? profile = null) =>
        new(path, TemplateYaml.Read(Repository.Text(path)), profile ?? Profile.Defaults);

    public IEnumerable<TemplateResource> Of(params IEnumerable<string> types) =>
        Resources.Where(resource => types.Contains(resource.Type));

    /// <summary>The resource that a Ref or GetAtt points to.</summary>
    public TemplateResource? Behind(JsonNode? reference) =>
        Intrinsic.Target(reference) is { } id ? Resources.FirstOrDefault(resource => resource.Id == id) : null;

    public Template Under(Profile profile) => new(Path, Written, profile);

    /// <summary>The same template with something changed in it.</summary>
    public Template With(Action<JsonObject> change)
    {
        var changed = (JsonObject)Written.DeepClone();
        change(changed);
        return new Template(Path, changed, Profile);
    }

    private TemplateResource Resolve(string id, JsonObject declaration, Resolution resolution)
    {
        var type = Intrinsic.Text(declaration["Type"])!;
        var own = declaration["Properties"];
        var globals = type.StartsWith("AWS::Serverless::", StringComparison.Ordinal)
            ? Written["Globals"]?[type["AWS::Serverless::".Length..]]
            : null;
        var properties = resolution.Value(GlobalsMerge.Merge(globals, own)) as JsonObject ?? [];
        return new TemplateResource(id, type, declaration, properties);
    }

    private static JsonObject Map(JsonNode? node) => node as JsonObject ?? [];
}
