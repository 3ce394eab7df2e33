using Isobar.Local.History;

namespace Isobar.Local.Services;

/// <summary>
/// A fact that AWS publishes metrics for. It is counted inside the journal's own message, so metrics and journal always
/// agree: no fact is missed, and none is counted twice.
/// </summary>
/// <remarks>
/// It is read once, when the fact is recorded. It names every metric that the value is added to: one for each set of
/// dimensions, as CloudWatch adds nothing up itself.
/// </remarks>
internal interface IMeasuredFact : IFact
{
    IEnumerable<MetricDatum> Metrics { get; }
}
