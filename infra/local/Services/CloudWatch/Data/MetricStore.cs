namespace Isobar.Local.Services.CloudWatch.Data;

/// <summary>The values that one datum adds, in whichever form it came.</summary>
internal abstract record DatumValues
{
    public abstract void AddTo(Distribution period);
}

/// <summary>Values, each with how often it occurred.</summary>
internal sealed record SingleValues(IReadOnlyList<double> Values, IReadOnlyList<double> Counts) : DatumValues
{
    public override void AddTo(Distribution period)
    {
        for (var i = 0; i < Values.Count; i++) period.Add(Values[i], Counts[i]);
    }
}

/// <summary>A statistic set.</summary>
internal sealed record StatisticSetValues(double SampleCount, double Sum, double Minimum, double Maximum) : DatumValues
{
    public override void AddTo(Distribution period) => period.AddSet(SampleCount, Sum, Minimum, Maximum);
}

/// <summary>
/// The metrics of one Region, within bounds. It is owned by the journal's monitor, because facts are counted in its
/// messages.
/// </summary>
internal sealed class MetricStore(CloudWatchLimits limits)
{
    // Ours: AWS keeps data of every unit apart, as here, and has no limit.
    private const int MaxUnits = 4;

    private readonly Dictionary<Metric, List<MetricSeries>> metrics = [];
    private readonly Dictionary<Metric, List<Watch>> watches = [];
    private int kept;

    public int Count => metrics.Count;

    /// <summary>Values kept, over all metrics.</summary>
    public int Kept => kept;

    /// <summary>The metrics that have data that are kept, in no order.</summary>
    public IReadOnlyCollection<Metric> Metrics => metrics.Keys;

    /// <remarks>It is on the way of every invocation, a dozen times: it allocates nothing for a known metric.</remarks>
    public void Add(Metric metric, string unit, DateTimeOffset time, bool isHighResolution, double value)
    {
        var series = SeriesOf(metric, unit, time);
        kept -= series.Kept;
        series.Add(time, isHighResolution, value);
        Added(metric, series, time);
    }

    public void Add(Metric metric, string unit, DateTimeOffset time, bool isHighResolution, DatumValues values)
    {
        var series = SeriesOf(metric, unit, time);
        kept -= series.Kept;
        series.Add(time, isHighResolution, values);
        Added(metric, series, time);
    }

    /// <summary>The data of a metric by period, oldest first; periods without data are absent.</summary>
    /// <param name="unit">Null for the data of all units.</param>
    /// <param name="start">In seconds since 1970.</param>
    /// <param name="end">Not included.</param>
    /// <param name="period">In seconds.</param>
    public SortedList<long, Distribution> Read(Metric metric, string? unit, long start, long end, int period)
    {
        var periods = new SortedList<long, Distribution>();
        foreach (var series in metrics.GetValueOrDefault(metric) ?? [])
            if (unit is null || unit == series.Unit) series.AddTo(periods, start, end, period);
        return periods;
    }

    /// <summary>The units that a metric has data of.</summary>
    public IReadOnlyList<string> UnitsOf(Metric metric) =>
        [.. (metrics.GetValueOrDefault(metric) ?? []).Select(series => series.Unit)];

    /// <summary>When a metric has last had data, in seconds since 1970; the metric exists.</summary>
    public long Newest(Metric metric) => metrics[metric].Max(series => series.Newest);

    /// <summary>Has new data of a metric told from now on.</summary>
    public void Add(Watch watch)
    {
        if (!watches.TryGetValue(watch.Metric, out var known)) watches.Add(watch.Metric, known = []);
        known.Add(watch);
    }

    public void Remove(Watch watch)
    {
        if (watches.GetValueOrDefault(watch.Metric) is not { } known) return;
        known.Remove(watch);
        if (known.Count == 0) watches.Remove(watch.Metric);
    }

    /// <summary>Drops what is too old to be kept, and metrics that have nothing left.</summary>
    public void Expire(DateTimeOffset now) => Drop(
        (now - limits.MinuteAge).ToUnixTimeSeconds(), (now - limits.SecondAge).ToUnixTimeSeconds());

    private MetricSeries SeriesOf(Metric metric, string unit, DateTimeOffset time)
    {
        if (!metrics.TryGetValue(metric, out var all))
        {
            if (metrics.Count >= limits.MaxMetrics) MakeRoom(time);
            metrics.Add(metric, all = []);
        }

        foreach (var one in all)
            if (one.Unit == unit) return one;
        if (all.Count >= MaxUnits)
        {
            kept -= all[0].Kept;
            all.RemoveAt(0);
        }

        var series = new MetricSeries(unit);
        all.Add(series);
        return series;
    }

    private void Added(Metric metric, MetricSeries series, DateTimeOffset time)
    {
        kept += series.Kept;
        if (kept > limits.MaxValues) DropOldestTenth(time);
        if (watches.Count > 0 && watches.TryGetValue(metric, out var watching))
            foreach (var watch in watching) watch.Touch();
    }

    private void MakeRoom(DateTimeOffset now)
    {
        Expire(now);
        if (metrics.Count < limits.MaxMetrics) return;
        // Some at a time: to find the oldest for each new metric would take all of the time of a host with many.
        foreach (var oldest in metrics.Keys.OrderBy(Newest).Take(1 + (limits.MaxMetrics / 100)).ToList())
        {
            kept -= metrics[oldest].Sum(series => series.Kept);
            metrics.Remove(oldest);
        }
    }

    private void DropOldestTenth(DateTimeOffset now)
    {
        Expire(now);
        while (kept > limits.MaxValues)
        {
            long[] all = [.. metrics.Values.SelectMany(one => one).SelectMany(series => series.Minutes).Order()];
            if (all.Length == 0) return;
            var horizon = all[all.Length / 10] + 60;
            Drop(horizon, horizon);
        }
    }

    private void Drop(long minutesBefore, long secondsBefore)
    {
        foreach (var (metric, all) in metrics)
        {
            foreach (var series in all)
            {
                kept -= series.Kept;
                series.Drop(minutesBefore, secondsBefore);
                kept += series.Kept;
            }

            all.RemoveAll(series => series.IsEmpty);
            if (all.Count == 0) metrics.Remove(metric);
        }
    }
}
