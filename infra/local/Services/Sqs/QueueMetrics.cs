namespace Isobar.Local.Services.Sqs;

/// <summary>What a queue holds at an instant.</summary>
/// <param name="OldestAge">How long ago its oldest message was sent.</param>
internal sealed record QueueSample(string Queue, int Visible, int InFlight, int Delayed, TimeSpan OldestAge)
{
    public bool IsEmpty => Visible + InFlight + Delayed == 0;
}

/// <summary>The metrics of queues in the namespace <c>AWS/SQS</c>.</summary>
/// <remarks>Source: Amazon SQS Developer Guide, "Available CloudWatch metrics for Amazon SQS".</remarks>
internal static class QueueMetrics
{
    public static MetricDatum Datum(string name, string queue, double value, string unit = MetricUnit.Count) =>
        new(new Metric("AWS/SQS", name, new MetricDimension("QueueName", queue)), value, unit);

    /// <summary>The four that have a value at every instant.</summary>
    public static IEnumerable<MetricDatum> Of(QueueSample sample)
    {
        yield return Datum("ApproximateNumberOfMessagesVisible", sample.Queue, sample.Visible);
        yield return Datum("ApproximateNumberOfMessagesNotVisible", sample.Queue, sample.InFlight);
        yield return Datum("ApproximateNumberOfMessagesDelayed", sample.Queue, sample.Delayed);
        yield return Datum(
            "ApproximateAgeOfOldestMessage", sample.Queue, Math.Floor(sample.OldestAge.TotalSeconds),
            MetricUnit.Seconds);
    }
}
