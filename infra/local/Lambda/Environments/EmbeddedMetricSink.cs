using Isobar.Local.Ownership;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.Environments;

/// <summary>
/// Makes metrics of log lines in the embedded metric format; the lines stay in the log, whatever is wrong with them.
/// </summary>
/// <remarks>
/// Functions live in real time, so the timestamp that a line has is moved by as much as service time is ahead. A line
/// from another time than CloudWatch takes makes no metric.
/// </remarks>
internal sealed class EmbeddedMetricSink(MetricRecorder metrics, ServiceClock clock) : ILogSink
{
    public void Write(LogLine line)
    {
        if (line.Platform || !EmbeddedMetrics.MayBe(line.Text)) return;
        var (offset, now) = (clock.Offset, clock.GetUtcNow());
        foreach (var datum in EmbeddedMetrics.Read(line.Text))
        {
            var age = now - offset - datum.Time;
            if (age > EmbeddedMetrics.MaxAge || age < -EmbeddedMetrics.MaxAhead) continue;
            foreach (var value in datum.Values)
            {
                metrics.Record(new MetricDatum(datum.Metric, value, datum.Unit)
                {
                    Time = datum.Time + offset,
                    IsHighResolution = datum.StorageResolution == 1,
                });
            }
        }
    }
}
