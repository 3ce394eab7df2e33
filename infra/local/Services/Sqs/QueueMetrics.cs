namespace Isobar.Local.Services.Sqs;

/// <summary>What a queue holds at an instant.</summary>
/// <param name="OldestAge">How long ago its oldest message was sent.</param>
internal sealed record QueueSample(string Queue, int Visible, int InFlight, int Delayed, TimeSpan OldestAge)
{
    /// <summary>Groups of a FIFO queue that have messages in flight; null for a standard queue.</summary>
    public int? GroupsInFlight { get; init; }

    public bool IsEmpty => Visible + InFlight + Delayed == 0;
}

/// <summary>The metrics of queues in the namespace <c>AWS/SQS</c>.</summary>
/// <remarks>Source: Amazon SQS Developer Guide, "Available CloudWatch metrics for Amazon SQS".</remarks>
internal static class QueueMetrics
{
    public static MetricDatum Datum(string name, string queue, double value, string unit = MetricUnit.Count) =>
        new(new Metric("AWS/SQS", name, new MetricDimension("QueueName", queue)), value, unit);

    /// <summary>Those that have a value at every instant: four, of a FIFO queue five.</summary>
    public static IEnumerable<MetricDatum> Of(QueueSample sample)
    {
        yield return Datum("ApproximateNumberOfMessagesVisible", sample.Queue, sample.Visible);
        yield return Datum("ApproximateNumberOfMessagesNotVisible", sample.Queue, sample.InFlight);
        yield return Datum("ApproximateNumberOfMessagesDelayed", sample.Queue, sample.Delayed);
        yield return Datum(
            "ApproximateAgeOfOldestMessage", sample.Queue, Math.Floor(sample.OldestAge.TotalSeconds),
            MetricUnit.Seconds);
        if (sample.GroupsInFlight is { } groups)
            yield return Datum("ApproximateNumberOfGroupsWithInflightMessages", sample.Queue, groups);
    }
}
