using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Sam;

/// <summary>What the transform made.</summary>
internal sealed record ServerlessExpansion(
    IReadOnlyList<ResourceEntry> Resources, IReadOnlyList<InertSetting> Inert);

/// <summary>Does what the transform <c>AWS::Serverless-2016-10-31</c> does to functions.</summary>
/// <remarks>Held against the real transform's output by tests (tests/golden/sam).</remarks>
internal static class ServerlessTransform
{
    public const string FunctionType = "AWS::Serverless::Function";

    public static ServerlessExpansion Expand(TemplateDocument document, ErrorList errors)
    {
        var globals = GlobalsMerge.FunctionGlobals(document.Globals, errors);
        var resources = new ResourceTable(document.Resources, errors);
        var inert = new List<InertSetting>();
        foreach (var function in document.Resources.Where(resource => resource.Type == FunctionType))
        {
            var merged = GlobalsMerge.Merge(globals, function.Properties) as TemplateMapping ?? function.Properties;
            new FunctionExpansion(function with { Properties = merged }, resources, inert, errors).Expand();
        }

        return new ServerlessExpansion(resources.All, inert);
    }
}
