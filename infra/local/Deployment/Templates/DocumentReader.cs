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
        var shape = new Shape(errors, "");
        shape.OnlyKeys(root, "AWSTemplateFormatVersion", "Transform", "Description", "Metadata", "Parameters",
            "Mappings", "Conditions", "Globals", "Resources", "Outputs");
        if (shape.Text(root, "AWSTemplateFormatVersion") is { Text: not "2010-09-09" } version)
        {
            errors.Add(version.Location, "", "AWSTemplateFormatVersion must be 2010-09-09");
        }

        var transforms = shape.Texts(root, "Transform");
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
            shape.Text(root, "Description")?.Text,
            transforms.Any(transform => transform.Text == ServerlessTransform),
            shape.Map(root, "Globals"),
            shape.Map(root, "Parameters"),
            shape.Map(root, "Mappings"),
            shape.Map(root, "Conditions"),
            [.. ReadResources(root, shape, errors)],
            [.. ReadOutputs(root, shape, errors)]);
    }

    private static IEnumerable<ResourceEntry> ReadResources(TemplateMapping root, Shape sections, ErrorList errors)
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

            var shape = new Shape(errors, logicalId);
            shape.OnlyKeys(resource, "Type", "Properties", "Condition", "DependsOn", "Metadata", "DeletionPolicy",
                "UpdateReplacePolicy");
            if (shape.Text(resource, "Type") is not { } type)
            {
                if (resource.Find("Type") is null) errors.Add(location, logicalId, "a resource must have a Type");
                continue;
            }

            yield return ReadResource(logicalId, location, type.Text, resource, shape);
        }
    }

    private static ResourceEntry ReadResource(
        string logicalId, SourceLocation location, string type, TemplateMapping resource, Shape shape)
    {
        var properties = shape.Map(resource, "Properties") ?? new TemplateMapping(location, []);
        return new ResourceEntry(logicalId, location, type, properties)
        {
            Condition = shape.Text(resource, "Condition")?.Text,
            DependsOn = shape.Texts(resource, "DependsOn"),
            Metadata = shape.Map(resource, "Metadata"),
            DeletionPolicy = shape.Text(resource, "DeletionPolicy"),
            UpdateReplacePolicy = shape.Text(resource, "UpdateReplacePolicy"),
        };
    }

    private static IEnumerable<OutputEntry> ReadOutputs(TemplateMapping root, Shape sections, ErrorList errors)
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

            var shape = new Shape(errors, key);
            shape.OnlyKeys(output, "Value", "Description", "Export", "Condition");
            var export = shape.Map(output, "Export");
            if (export is not null) shape.OnlyKeys(export, "Name");
            yield return new OutputEntry(
                key, location, value.Value, shape.Text(output, "Description")?.Text, export?.Find("Name")?.Value,
                shape.Text(output, "Condition")?.Text);
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9]{1,255}\z", RegexOptions.CultureInvariant)]
    private static partial Regex LogicalId();
}
