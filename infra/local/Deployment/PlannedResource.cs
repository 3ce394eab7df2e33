using Isobar.Local.Deployment.Expressions;
using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Deployment;

/// <summary>A resource whose condition holds; its functions are parsed, not evaluated.</summary>
internal sealed record PlannedResource(
    ResourceEntry Entry, Expression Properties, Expression? UpdatePolicy, IReadOnlyList<Dependency> Dependencies);

/// <summary>An output whose condition holds; its functions are parsed, not evaluated.</summary>
internal sealed record PlannedOutput(OutputEntry Entry, Expression Value, Expression? ExportName);
