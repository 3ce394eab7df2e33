using Isobar.Local.Services;

namespace Isobar.Local.Lambda.Control;

/// <summary>
/// The metrics that every invocation of one function by one qualifier, running one version, adds to. They are made
/// once: an invocation adds a dozen values, and makes no texts or dimensions for them.
/// </summary>
/// <param name="function">Without a qualifier.</param>
/// <param name="qualifier">The version or alias that is invoked; null for none.</param>
/// <param name="executedVersion"><c>$LATEST</c> or a number.</param>
internal sealed class InvocationMetrics(string function, string? qualifier, string executedVersion)
{
    private static readonly Metric Executions = AccountMetric("ConcurrentExecutions");
    private static readonly Metric Unreserved = AccountMetric("UnreservedConcurrentExecutions");
    private static readonly Metric Claimed = AccountMetric("ClaimedAccountConcurrency");

    private readonly (Metric Invocations, Metric Errors, Metric Duration)[] sets =
    [
        .. FunctionMetrics.Dimensions(function, qualifier, executedVersion).Select(dimensions => (
            new Metric(FunctionMetrics.Namespace, "Invocations", dimensions),
            new Metric(FunctionMetrics.Namespace, "Errors", dimensions),
            new Metric(FunctionMetrics.Namespace, "Duration", dimensions))),
    ];

    private readonly Metric executionsOfFunction = new(
        FunctionMetrics.Namespace, "ConcurrentExecutions", new MetricDimension("FunctionName", function));

    public string ExecutedVersion => executedVersion;

    /// <summary>What one invocation adds.</summary>
    /// <param name="began">Service time; AWS counts an invocation in the minute in which it began.</param>
    public IEnumerable<MetricDatum> Of(
        bool isError, double durationMs, ConcurrencyCounts concurrency, DateTimeOffset began)
    {
        foreach (var (invocations, errors, duration) in sets)
        {
            yield return Datum(invocations, 1);
            yield return Datum(errors, isError ? 1 : 0);
            yield return Datum(duration, durationMs, MetricUnit.Milliseconds);
        }

        yield return Datum(executionsOfFunction, concurrency.OfFunction);
        yield return Datum(Executions, concurrency.OfAccount);
        yield return Datum(Unreserved, concurrency.Unreserved);
        yield return Datum(Claimed, concurrency.Claimed);

        MetricDatum Datum(Metric metric, double value, string unit = MetricUnit.Count) =>
            new(metric, value, unit) { Time = began };
    }

    private static Metric AccountMetric(string name) => new(FunctionMetrics.Namespace, name);
}
