using Isobar.Local.History;

namespace Isobar.Local.Services.CloudWatch.Data;

/// <summary>
/// The metric data of every Region. Facts belong to the Region of the host's stack; what callers put, to the Region
/// that they signed for.
/// </summary>
internal sealed class MetricStores(Journal journal, string homeRegion, CloudWatchLimits limits) : IMetricStore
{
    // Ours, as Regional's: AWS has fewer.
    private const int MaxRegions = 64;

    private readonly MetricStore home = new(limits);
    private readonly Dictionary<string, MetricStore> others = new(StringComparer.Ordinal);

    void IMetricStore.Add(MetricDatum datum, DateTimeOffset now) =>
        home.Add(datum.Metric, datum.Unit, datum.Time ?? now, datum.IsHighResolution, datum.Value);

    /// <summary>Reads or changes a Region's data, between two facts.</summary>
    public T Ask<T>(string region, Func<MetricStore, T> question) => journal.Ask(() => question(Of(region)));

    public void Post(string region, Action<MetricStore> message) => Ask(region, store =>
    {
        message(store);
        return true;
    });

    private MetricStore Of(string region)
    {
        if (region == homeRegion) return home;
        if (others.TryGetValue(region, out var store)) return store;
        if (others.Count + 1 >= MaxRegions)
            throw new Wire.AwsException(
                "ServiceUnavailable", $"This host holds metrics in at most {MaxRegions} Regions.", 503);
        return others[region] = new MetricStore(limits);
    }
}
