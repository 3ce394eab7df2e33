namespace Isobar.Local.Services.ApiGateway.Requests;

/// <summary>The metrics of REST APIs in the namespace <c>AWS/ApiGateway</c>: of an API, and of its stage.</summary>
/// <remarks>
/// Source: Amazon API Gateway Developer Guide, "Amazon API Gateway dimensions and metrics". Metrics of single methods
/// are AWS's detailed metrics, which stages here do not have.
/// </remarks>
internal static class ApiMetrics
{
    public static IEnumerable<MetricDatum> Of(ApiRequestAnswered answered)
    {
        if (answered.ApiName is not { Length: > 0 } name) yield break;
        var api = new MetricDimension("ApiName", name);
        foreach (var dimensions in (MetricDimension[][])[[api], [api, new MetricDimension("Stage", answered.Stage)]])
        {
            yield return Datum("Count", dimensions, 1);
            yield return Datum("4XXError", dimensions, answered.Status is >= 400 and < 500 ? 1 : 0);
            yield return Datum("5XXError", dimensions, answered.Status >= 500 ? 1 : 0);
            yield return Datum(
                "Latency", dimensions, Math.Round(answered.Latency.TotalMilliseconds), MetricUnit.Milliseconds);
        }
    }

    private static MetricDatum Datum(
        string name, MetricDimension[] dimensions, double value, string unit = MetricUnit.Count) =>
        new(new Metric("AWS/ApiGateway", name, dimensions), value, unit);
}
