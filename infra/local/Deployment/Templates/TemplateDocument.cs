namespace Isobar.Local.Deployment.Templates;

/// <summary>A template cut into its sections; nothing is resolved.</summary>
/// <param name="UsesServerless">Whether it names the transform <c>AWS::Serverless-2016-10-31</c>.</param>
internal sealed record TemplateDocument(
    SourceLocation Location,
    string? Description,
    bool UsesServerless,
    TemplateMapping? Globals,
    TemplateMapping? Parameters,
    TemplateMapping? Mappings,
    TemplateMapping? Conditions,
    IReadOnlyList<ResourceEntry> Resources,
    IReadOnlyList<OutputEntry> Outputs);

/// <summary>One entry of the Resources section.</summary>
/// <param name="Location">The logical id; for what SAM generates, what it was generated from.</param>
internal sealed record ResourceEntry(
    string LogicalId, SourceLocation Location, string Type, TemplateMapping Properties)
{
    public string? Condition { get; init; }

    public IReadOnlyList<TemplateScalar> DependsOn { get; init; } = [];

    public TemplateMapping? Metadata { get; init; }

    public TemplateScalar? DeletionPolicy { get; init; }

    public TemplateScalar? UpdateReplacePolicy { get; init; }

    /// <summary>How an update is done, for the few types that have a choice.</summary>
    public TemplateMapping? UpdatePolicy { get; init; }
}

/// <summary>One entry of the Outputs section.</summary>
internal sealed record OutputEntry(
    string Key, SourceLocation Location, TemplateNode Value, string? Description, TemplateNode? ExportName,
    string? Condition);
