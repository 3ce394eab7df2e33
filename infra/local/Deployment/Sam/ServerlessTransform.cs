using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Sam;

/// <summary>What the transform made.</summary>
internal sealed record ServerlessExpansion(
    IReadOnlyList<ResourceEntry> Resources, IReadOnlyList<OutputEntry> Outputs, IReadOnlyList<InertSetting> Inert);

/// <summary>Does what the transform <c>AWS::Serverless-2016-10-31</c> does to functions, APIs and layers.</summary>
/// <remarks>Held against the real transform's output by tests (tests/golden/sam).</remarks>
internal static class ServerlessTransform
{
    public const string FunctionType = "AWS::Serverless::Function";

    public static ServerlessExpansion Expand(TemplateDocument document, ErrorList errors)
    {
        GlobalsMerge.CheckSections(document.Globals, errors);
        var functions = GlobalsMerge.FunctionGlobals(document.Globals, errors);
        var apis = GlobalsMerge.ApiGlobals(document.Globals, errors);
        var resources = new ResourceTable(document.Resources, errors);
        var inert = new List<InertSetting>();
        foreach (var function in document.Resources.Where(resource => resource.Type == FunctionType))
            new FunctionExpansion(Merged(function, functions), resources, inert, errors, ApiOf).Expand();
        foreach (var api in document.Resources.Where(resource => resource.Type == ApiExpansion.ApiType))
            new ApiExpansion(Merged(api, apis), resources, inert, errors).Expand();
        var renamed = document.Resources.Where(resource => resource.Type == LayerExpansion.LayerType).ToDictionary(
            layer => layer.LogicalId, layer => new LayerExpansion(layer, resources, errors).Expand());
        return Renamed(
            new ServerlessExpansion(resources.All, document.Outputs, inert),
            new ReferenceRename(renamed.Concat(resources.Renamed).ToDictionary()));

        ResourceEntry? ApiOf(string logicalId) => document.Resources.FirstOrDefault(
            resource => resource.LogicalId == logicalId && resource.Type == ApiExpansion.ApiType);
    }

    private static ServerlessExpansion Renamed(ServerlessExpansion made, ReferenceRename rename) => made with
    {
        Resources = [.. made.Resources.Select(
            resource => resource with { Properties = rename.Apply(resource.Properties) })],
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
