using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment.Sam;

/// <summary>A resource type of SAM's own that is not a function.</summary>
/// <param name="Type">For example <c>AWS::Serverless::Api</c>.</param>
/// <param name="Expand">Replaces a resource by those it stands for.</param>
internal sealed record SamResourceType(string Type, Action<SamResource> Expand)
{
    /// <summary>The section of Globals that resources of this type share; null when there is none.</summary>
    public string? GlobalsSection { get; init; }

    /// <summary>The properties that Globals may give.</summary>
    public IReadOnlyList<string> GlobalProperties { get; init; } = [];
}

/// <summary>A resource of such a type, while it is expanded.</summary>
/// <param name="Entry">With the properties that Globals gives.</param>
/// <param name="Inert">Takes settings that change nothing locally.</param>
internal sealed record SamResource(
    ResourceEntry Entry, ResourceTable Resources, List<InertSetting> Inert, ErrorList Errors);
