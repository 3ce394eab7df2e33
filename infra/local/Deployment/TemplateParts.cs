using Isobar.Local.Deployment.Sam;

namespace Isobar.Local.Deployment;

/// <summary>What a service adds to templates, beside the resources that it creates.</summary>
internal sealed record TemplateParts
{
    public static readonly TemplateParts None = new();

    /// <summary>Resource types that are accepted and change nothing.</summary>
    public IReadOnlyList<InertType> InertTypes { get; init; } = [];

    /// <summary>Types of a SAM function's Events.</summary>
    public IReadOnlyList<SamEventType> Events { get; init; } = [];

    /// <summary>Types that a SAM function's destinations and dead-letter queue may have.</summary>
    public IReadOnlyList<SamDestination> Destinations { get; init; } = [];

    /// <summary>Policy templates that a SAM function's Policies may name.</summary>
    public IReadOnlyList<PolicyTemplate> PolicyTemplates { get; init; } = [];

    /// <summary>Resource types of SAM's own, besides functions and layers.</summary>
    public IReadOnlyList<SamResourceType> Resources { get; init; } = [];

    /// <summary>The parts of several services, in their order.</summary>
    public static TemplateParts Join(IEnumerable<TemplateParts> parts)
    {
        var all = parts.ToList();
        return new TemplateParts
        {
            InertTypes = [.. all.SelectMany(part => part.InertTypes)],
            Events = [.. all.SelectMany(part => part.Events)],
            Destinations = [.. all.SelectMany(part => part.Destinations)],
            PolicyTemplates = [.. all.SelectMany(part => part.PolicyTemplates)],
            Resources = [.. all.SelectMany(part => part.Resources)],
        };
    }
}
