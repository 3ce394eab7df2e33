using System.Security.Cryptography;
using System.Text;
using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Sam;

/// <summary>
/// <c>AutoPublishAlias</c>: a version that the deployment publishes, and the alias that points to it. The template
/// refers to them as <c>!Ref Function.Version</c> and <c>!Ref Function.Alias</c>.
/// </summary>
/// <remarks>
/// The version's logical id ends in a hash, as SAM's does, but of the path: SAM hashes where the package was put. With
/// <c>AutoPublishAliasAllProperties</c> the function's properties are hashed too, as the template has them: SAM does
/// not look at what they refer to, so another value of a parameter makes no new version, and another layer version
/// only does if the layer says <c>PublishLambdaVersion</c>. Code is packaged before, so its path is the content's name.
/// </remarks>
internal sealed class AliasExpansion(FunctionExpansion expansion, ResourceTable resources, ErrorList errors)
{
    private readonly ResourceEntry function = expansion.Function;
    private readonly NodeBuilder at = expansion.At;

    /// <returns>The alias, to which SAM attaches events and settings; null when the function has none.</returns>
    public SamAlias? Expand()
    {
        if (expansion.Value("AutoPublishAlias") is not { } alias)
        {
            if (expansion.Value("ProvisionedConcurrencyConfig") is { } provisioned)
                errors.Add(provisioned.Location, function.LogicalId,
                    "To set ProvisionedConcurrencyConfig AutoPublishALias must be defined on the function");
            return null;
        }

        if (alias is not TemplateScalar { Text: { Length: > 0 } name })
        {
            errors.Add(alias.Location, function.LogicalId, "AutoPublishAlias must be a name");
            return null;
        }

        var (version, published) = (VersionId(), $"{function.LogicalId}Alias{name}");
        resources.Add(Generated(version, "AWS::Lambda::Version", at.Map(
            ("FunctionName", at.Ref(function.LogicalId)))) with { DeletionPolicy = at.Text("Retain") });
        resources.Add(Generated(published, "AWS::Lambda::Alias", at.Map(
            ("Name", alias), ("FunctionName", at.Ref(function.LogicalId)),
            ("FunctionVersion", at.GetAtt(version, "Version")),
            ("ProvisionedConcurrencyConfig", expansion.Value("ProvisionedConcurrencyConfig")))));
        resources.Rename($"{function.LogicalId}.Version", version);
        resources.Rename($"{function.LogicalId}.Alias", published);
        return new SamAlias(published, name);
    }

    private string VersionId()
    {
        var frozen = (expansion.Value("CodeUri") as TemplateScalar)?.Text ?? "";
        if (expansion.Value("AutoPublishAliasAllProperties") is TemplateScalar flag && flag.AsBoolean() is true)
            frozen += Written(expansion.Properties)
                + string.Concat(Layers().Select(layer => Written(layer.Properties)));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(frozen)));
        return $"{function.LogicalId}Version{hash[..10]}";
    }

    // Their paths are names of their contents, too, when the template is packaged.
    private IEnumerable<ResourceEntry> Layers()
    {
        if (expansion.Value("Layers") is not { } layers) return [];
        var written = Written(layers);
        return resources.All.Where(resource => resource.Type == LayerExpansion.LayerType
            && resource.Properties.Find(LayerExpansion.Publishing)?.Value is TemplateScalar flag
            && flag.AsBoolean() is true
            && written.Contains($"\"{resource.LogicalId}\"", StringComparison.Ordinal));
    }

    private static string Written(TemplateNode node) => TemplateJson.Of(node).ToJsonString();

    private ResourceEntry Generated(string logicalId, string type, TemplateMapping properties) =>
        new(logicalId, function.Location, type, properties) { Condition = function.Condition };
}

/// <summary>The alias that SAM makes for a function.</summary>
/// <param name="LogicalId">Of the alias.</param>
/// <param name="Name">For example <c>live</c>.</param>
internal sealed record SamAlias(string LogicalId, string Name);
