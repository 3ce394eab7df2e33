namespace Isobar.Local.Deployment.Templates;

/// <summary>A null as it was written. None is left when the reader is done.</summary>
internal sealed record TemplateNull(SourceLocation Location) : TemplateNode(Location)
{
    public override string Kind => "null";
}

/// <summary>
/// CloudFormation refuses null values. The SAM transform, which runs before that check, drops a null property of its
/// own resource types; AWS's templates for Visual Studio have such.
/// </summary>
internal static class NullValues
{
    private const string SamTypes = "AWS::Serverless::";

    /// <exception cref="DeploymentException">A null value is left.</exception>
    public static TemplateMapping Resolve(TemplateMapping root)
    {
        if (root.Find("Resources")?.Value is TemplateMapping resources)
            root = root.With("Resources", resources with
            {
                Entries = [.. resources.Entries.Select(entry => entry with { Value = WithoutNulls(entry.Value) })],
            });
        Refuse(root);
        return root;
    }

    private static TemplateNode WithoutNulls(TemplateNode resource) =>
        resource is TemplateMapping map && map.Find("Properties")?.Value is TemplateMapping properties
        && map.Find("Type")?.Value is TemplateScalar { Text: var type }
        && type.StartsWith(SamTypes, StringComparison.Ordinal)
            ? map.With("Properties", properties with
            {
                Entries = [.. properties.Entries.Where(entry => entry.Value is not TemplateNull)],
            })
            : resource;

    private static void Refuse(TemplateNode node)
    {
        switch (node)
        {
            case TemplateNull:
                throw new DeploymentException(node.Location, "", "null values are not allowed in templates");
            case TemplateSequence list:
                foreach (var item in list.Items) Refuse(item);
                break;
            case TemplateMapping map:
                foreach (var entry in map.Entries) Refuse(entry.Value);
                break;
        }
    }
}
