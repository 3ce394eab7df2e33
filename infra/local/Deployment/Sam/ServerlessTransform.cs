using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Sam;

/// <summary>The resources after the transform.</summary>
internal sealed record ServerlessExpansion(
    IReadOnlyList<ResourceEntry> Resources, IReadOnlyList<OutputEntry> Outputs, IReadOnlyList<InertSetting> Inert)
{
    /// <summary>Conditions that the transform adds to the template's.</summary>
    public IReadOnlyList<TemplateEntry> Conditions { get; init; } = [];
}

/// <summary>
/// Does what the transform <c>AWS::Serverless-2016-10-31</c> does to functions, layers and what services add.
/// </summary>
/// <remarks>Tests compare it with the real transform's output (tests/golden/sam).</remarks>
internal static class ServerlessTransform
{
    public const string FunctionType = "AWS::Serverless::Function";

    private static readonly SamResourceType Layer =
        new(LayerExpansion.LayerType, layer => new LayerExpansion(layer).Expand());

    /// <summary>The resource types that the transform expands.</summary>
    public static IEnumerable<string> Types(TemplateParts parts) =>
        [FunctionType, .. parts.Resources.Select(type => type.Type), Layer.Type];

    /// <param name="parts">What services add.</param>
    /// <param name="parameters">The template's parameters: the transform reads a few settings through them.</param>
    public static ServerlessExpansion Expand(
        TemplateDocument document, TemplateParts parts, IReadOnlyDictionary<string, TemplateNode> parameters,
        ErrorList errors)
    {
        SamResourceType[] types = [.. parts.Resources, Layer];
        GlobalsMerge.CheckSections(document.Globals, types, errors);
        var shared = GlobalsMerge.FunctionGlobals(document.Globals, errors);
        var resources = new ResourceTable(document.Resources, errors);
        var inert = new List<InertSetting>();
        var preferences = new DeploymentPreferences(
            new KnownValues(parameters, document.Mappings), resources, inert, errors);
        foreach (var function in document.Resources.Where(resource => resource.Type == FunctionType))
            new FunctionExpansion(Merged(function, shared), resources, inert, parts, errors).Expand(preferences);
        preferences.AddShared();
        foreach (var type in types)
        {
            shared = GlobalsMerge.GlobalsOf(type, document.Globals, errors);
            // Events of functions may have added one.
            foreach (var resource in resources.All.Where(resource => resource.Type == type.Type).ToArray())
                type.Expand(new SamResource(Merged(resource, shared), resources, inert, errors));
        }

        return Renamed(
            new ServerlessExpansion(resources.All, document.Outputs, inert) { Conditions = preferences.Conditions },
            new ReferenceRename(resources.Renamed));
    }

    private static ServerlessExpansion Renamed(ServerlessExpansion made, ReferenceRename rename) => made with
    {
        Resources = [.. made.Resources.Select(
            resource => resource with
            {
                Properties = rename.Apply(resource.Properties),
                UpdatePolicy = resource.UpdatePolicy is { } policy ? rename.Apply(policy) : null,
            })],
        Outputs = [.. made.Outputs.Select(output => output with
        {
            Value = rename.Apply(output.Value),
            ExportName = output.ExportName is { } name ? rename.Apply(name) : null,
        })],
    };

    private static ResourceEntry Merged(ResourceEntry resource, TemplateMapping? globals) => resource with
    {
        Properties = GlobalsMerge.Merge(globals, resource.Properties) as TemplateMapping ?? resource.Properties,
    };
}
