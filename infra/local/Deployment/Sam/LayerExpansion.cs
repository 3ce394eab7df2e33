using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Sam;

/// <summary>
/// Replaces an <c>AWS::Serverless::LayerVersion</c> by a layer version. Its logical id gets a hash of its properties,
/// so that a change makes a new version beside the old one; references to it are renamed.
/// </summary>
internal sealed class LayerExpansion(SamResource declared)
{
    public const string LayerType = "AWS::Serverless::LayerVersion";

    /// <summary>Whether another layer version makes new versions of functions that publish all properties.</summary>
    public const string Publishing = "PublishLambdaVersion";

    private static readonly string[] Supported =
    [
        "LayerName", "Description", "ContentUri", "CompatibleArchitectures", "CompatibleRuntimes", "LicenseInfo",
        "RetentionPolicy", Publishing,
    ];

    private readonly ResourceEntry layer = declared.Entry;
    private readonly ErrorList errors = declared.Errors;
    private readonly NodeBuilder at = new(declared.Entry.Location);
    private readonly NodeReader reader = new(declared.Errors, declared.Entry.LogicalId);

    public void Expand()
    {
        reader.OnlyKeys(layer.Properties, Supported);
        CheckMetadata();
        var written = TemplateJson.Of(layer.Properties).ToJsonString();
        var logicalId = layer.LogicalId + GeneratedId.Hash(written);
        var properties = at.Map(
            ("Content", Content()), ("Description", Value("Description")),
            ("LayerName", Value("LayerName") ?? at.Text(layer.LogicalId)),
            ("CompatibleArchitectures", Value("CompatibleArchitectures")),
            ("CompatibleRuntimes", Value("CompatibleRuntimes")), ("LicenseInfo", Value("LicenseInfo")));
        declared.Resources.Replace(layer.LogicalId, layer with
        {
            LogicalId = logicalId,
            Type = "AWS::Lambda::LayerVersion",
            Properties = KeepKeyLocations(properties),
            Metadata = null,
            DeletionPolicy = Retention(),
        });
        declared.Resources.Rename(layer.LogicalId, logicalId);
    }

    private TemplateScalar? Content()
    {
        if (Value("ContentUri") is TemplateScalar path && !path.Text.StartsWith("s3://", StringComparison.Ordinal))
            return path;
        errors.Add(
            Value("ContentUri")?.Location ?? layer.Location, layer.LogicalId,
            "ContentUri must be a path relative to the template");
        return null;
    }

    /// <summary>Retain unless the template says otherwise; a layer's policy comes before the resource's.</summary>
    private TemplateScalar Retention()
    {
        switch (Value("RetentionPolicy"))
        {
            case null:
                return layer.DeletionPolicy ?? at.Text("Retain");
            case TemplateScalar { Text: var text } policy
                when text.Equals("Retain", StringComparison.OrdinalIgnoreCase)
                || text.Equals("Delete", StringComparison.OrdinalIgnoreCase):
                return policy with { Text = char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant() };
            case var other:
                errors.Add(
                    other.Location, layer.LogicalId,
                    "'RetentionPolicy' must be one of the following options: ['Retain', 'Delete'].");
                return at.Text("Retain");
        }
    }

    /// <summary>The host mounts what MSBuild laid out: the same as the Makefile of <c>sam build</c> lays out.</summary>
    private void CheckMetadata()
    {
        var method = layer.Metadata?.Find("BuildMethod")?.Value;
        if (method is null or TemplateScalar { Text: "makefile" }) return;
        errors.Add(method.Location, layer.LogicalId, "Metadata BuildMethod must be makefile");
    }

    private TemplateNode? Value(string name) => layer.Properties.Find(name)?.Value;

    private TemplateMapping KeepKeyLocations(TemplateMapping made) => made with
    {
        Entries = [.. made.Entries.Select(entry => entry with
        {
            KeyLocation = layer.Properties.Find(entry.Key == "Content" ? "ContentUri" : entry.Key)?.KeyLocation
                ?? entry.KeyLocation,
        })],
    };
}
