using Isobar.Local.History;

namespace Isobar.Local.Services;

/// <summary>Keeps metric data: the host's CloudWatch.</summary>
internal interface IMetricStore
{
    /// <summary>
    /// Adds one datum. It is called inside the journal's own message, so it only adds up: it never waits, throws or
    /// records.
    /// </summary>
    /// <param name="now">The service time of the fact, or of the call.</param>
    void Add(MetricDatum datum, DateTimeOffset now);
}

/// <summary>
/// How services publish metrics. Facts that are an <see cref="IMeasuredFact"/> are counted by themselves; what is no
/// fact (a gauge, a utilization) is recorded with <see cref="Record"/>. Without a store the data are dropped.
/// </summary>
internal sealed class MetricRecorder : IFactCounter
{
    private readonly Journal journal;
    private IMetricStore? store;

    public MetricRecorder(Journal journal)
    {
        this.journal = journal;
        journal.Attach(this);
    }

    /// <summary>
    /// Records one datum that comes from no fact. Like <see cref="Journal.Record"/> it may be called from inside a
    /// message of a monitor.
    /// </summary>
    public void Record(MetricDatum datum) => journal.Count(now => store?.Add(datum, now));

    /// <summary>Sets who keeps the data from now on. Called before the first request.</summary>
    public void KeepIn(IMetricStore keeper) => journal.Count(_ => store = keeper);

    void IFactCounter.Take(IFact fact, DateTimeOffset now)
    {
        if (store is null || fact is not IMeasuredFact measured) return;
        foreach (var datum in measured.Metrics) store.Add(datum, now);
    }
}
