using System.Text.RegularExpressions;

namespace Isobar.Local.Deployment.Templates;

/// <summary>The nodes of a template to its sections. A section that is not known here is an error.</summary>
internal static partial class DocumentReader
{
    public const string ServerlessTransform = "AWS::Serverless-2016-10-31";

    /// <summary>Source: AWS CloudFormation User Guide, quotas: resources and outputs in a template.</summary>
    public const int MaxResources = 500;
    public const int MaxOutputs = 200;

    public static TemplateDocument Read(TemplateMapping root, ErrorList errors)
    {
        var reader = new NodeReader(errors, "");
        reader.OnlyKeys(root, "AWSTemplateFormatVersion", "Transform", "Description", "Metadata", "Parameters",
            "Mappings", "Conditions", "Globals", "Resources", "Outputs");
        if (reader.Text(root, "AWSTemplateFormatVersion") is { Text: not "2010-09-09" } version)
        {
            errors.Add(version.Location, "", "AWSTemplateFormatVersion must be 2010-09-09");
        }

        var transforms = reader.Texts(root, "Transform");
        foreach (var transform in transforms.Where(transform => transform.Text != ServerlessTransform))
        {
            var message = $"Transform {transform.Text} is not supported; supported is {ServerlessTransform}";
            errors.Add(transform.Location, "", message);
        }

        if (transforms.Count == 0 && root.Find("Globals") is { } globals)
        {
            errors.Add(globals.KeyLocation, "", $"Globals needs Transform: {ServerlessTransform}");
        }

        return new TemplateDocument(
            root.Location,
            reader.Text(root, "Description")?.Text,
            transforms.Any(transform => transform.Text == ServerlessTransform),
            reader.Map(root, "Globals"),
            reader.Map(root, "Parameters"),
            reader.Map(root, "Mappings"),
            reader.Map(root, "Conditions"),
            [.. ReadResources(root, reader, errors)],
            [.. ReadOutputs(root, reader, errors)]);
    }

    private static IEnumerable<ResourceEntry> ReadResources(TemplateMapping root, NodeReader sections, ErrorList errors)
    {
        var resources = sections.Map(root, "Resources")?.Entries ?? [];
        if (resources.Count is 0 or > MaxResources)
        {
            errors.Add(root.Location, "", $"Resources must hold 1 to {MaxResources} resources, not {resources.Count}");
        }

        foreach (var (logicalId, location, value) in resources)
        {
            if (!LogicalId().IsMatch(logicalId))
            {
                errors.Add(location, logicalId, "Resource name is non alphanumeric");
            }

            if (value is not TemplateMapping resource)
            {
                errors.Add(location, logicalId, $"a resource must be a map, not {value.Kind}");
                continue;
            }

            var reader = new NodeReader(errors, logicalId);
            reader.OnlyKeys(resource, "Type", "Properties", "Condition", "DependsOn", "Metadata", "DeletionPolicy",
                "UpdateReplacePolicy", "UpdatePolicy");
            if (reader.Text(resource, "Type") is not { } type)
            {
                if (resource.Find("Type") is null) errors.Add(location, logicalId, "a resource must have a Type");
                continue;
            }

            yield return ReadResource(logicalId, location, type.Text, resource, reader);
        }
    }

    private static ResourceEntry ReadResource(
        string logicalId, SourceLocation location, string type, TemplateMapping resource, NodeReader reader)
    {
        var properties = reader.Map(resource, "Properties") ?? new TemplateMapping(location, []);
        return new ResourceEntry(logicalId, location, type, properties)
        {
            Condition = reader.Text(resource, "Condition")?.Text,
            DependsOn = reader.Texts(resource, "DependsOn"),
            Metadata = reader.Map(resource, "Metadata"),
            DeletionPolicy = reader.Text(resource, "DeletionPolicy"),
            UpdateReplacePolicy = reader.Text(resource, "UpdateReplacePolicy"),
            UpdatePolicy = reader.Map(resource, "UpdatePolicy"),
        };
    }

    private static IEnumerable<OutputEntry> ReadOutputs(TemplateMapping root, NodeReader sections, ErrorList errors)
    {
        var outputs = sections.Map(root, "Outputs")?.Entries ?? [];
        if (outputs.Count > MaxOutputs)
        {
            errors.Add(root.Location, "", $"Outputs must hold at most {MaxOutputs} outputs, not {outputs.Count}");
        }

        foreach (var (key, location, node) in outputs)
        {
            if (node is not TemplateMapping output || output.Find("Value") is not { } value)
            {
                errors.Add(location, key, "an output must be a map with a Value");
                continue;
            }

            var reader = new NodeReader(errors, key);
            reader.OnlyKeys(output, "Value", "Description", "Export", "Condition");
            var export = reader.Map(output, "Export");
            if (export is not null) reader.OnlyKeys(export, "Name");
            yield return new OutputEntry(
                key, location, value.Value, reader.Text(output, "Description")?.Text, export?.Find("Name")?.Value,
                reader.Text(output, "Condition")?.Text);
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9]{1,255}\z", RegexOptions.CultureInvariant)]
    private static partial Regex LogicalId();
}
