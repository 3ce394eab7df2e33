using Isobar.Local.Services;

namespace Isobar.Local.Lambda;

/// <summary>The metrics of functions in the namespace <c>AWS/Lambda</c>.</summary>
/// <remarks>
/// Source: AWS Lambda Developer Guide, "Types of metrics for Lambda functions" and "Viewing metrics for Lambda
/// functions", for names, units and dimensions.
/// </remarks>
internal static class FunctionMetrics
{
    public const string Namespace = "AWS/Lambda";

    /// <summary>
    /// The sets of dimensions that a function's value is added to: none (the account), the function, and the function
    /// or qualifier that was invoked; for an alias also the version that ran.
    /// </summary>
    /// <param name="qualifier">The version or alias that was invoked; null for none.</param>
    /// <param name="executedVersion">Null when none ran.</param>
    public static IEnumerable<MetricDimension[]> Dimensions(string function, string? qualifier, string? executedVersion)
    {
        var name = new MetricDimension("FunctionName", function);
        var resource = new MetricDimension("Resource", qualifier is null ? function : $"{function}:{qualifier}");
        yield return [];
        yield return [name];
        yield return [name, resource];
        // A version is never invoked as another one: this is an alias.
        if (executedVersion is not null && qualifier is not null && qualifier != executedVersion)
            yield return [name, resource, new MetricDimension("ExecutedVersion", executedVersion)];
    }

    public static MetricDatum Datum(
        string name, MetricDimension[] dimensions, double value, string unit = MetricUnit.Count) =>
        new(new Metric(Namespace, name, dimensions), value, unit);

    /// <summary>A value of an event source mapping, which has metrics of its own only where it asks for them.</summary>
    /// <remarks>
    /// Source: AWS Lambda Developer Guide, "Event source mapping metrics".
    /// </remarks>
    public static MetricDatum OfMapping(string name, string uuid, int events) =>
        Datum(name, [new MetricDimension("EventSourceMappingUUID", uuid)], events);

    /// <summary>A value of a function as a whole, and of the account.</summary>
    public static IEnumerable<MetricDatum> OfFunction(
        string name, string function, double value, string unit = MetricUnit.Count)
    {
        yield return Datum(name, [], value, unit);
        yield return Datum(name, [new MetricDimension("FunctionName", function)], value, unit);
    }
}
