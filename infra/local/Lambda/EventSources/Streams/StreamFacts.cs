using Isobar.Local.Services;

namespace Isobar.Local.Lambda.EventSources.Streams;

/// <summary>A batch of a stream's records is on its way to the function.</summary>
/// <param name="Attempt">From 1; of these records, or of a batch that they were part of.</param>
/// <param name="IteratorAge">How long ago the stream took the last record.</param>
internal sealed record StreamBatchInvoked(
    string Uuid, string FunctionName, string RequestId, string ShardId, int Records, int Attempt, TimeSpan IteratorAge)
    : IFunctionFact, IMeasuredFact
{
    public string? TraceId { get; init; }

    /// <summary>Whether the mapping has metrics of its own.</summary>
    public bool IsMeasured { get; init; }

    // IteratorAge is a metric of every function that a stream invokes.
    IEnumerable<MetricDatum> IMeasuredFact.Metrics
    {
        get
        {
            if (Records == 0) yield break;
            foreach (var datum in FunctionMetrics.OfFunction(
                "IteratorAge", FunctionName, IteratorAge.TotalMilliseconds, MetricUnit.Milliseconds))
                yield return datum;
            if (IsMeasured) yield return FunctionMetrics.OfMapping("InvokedEventCount", Uuid, Records);
        }
    }
}

/// <summary>The function took the records.</summary>
internal sealed record StreamBatchSucceeded(
    string Uuid, string FunctionName, string RequestId, string ShardId, int Records) : IFunctionFact
{
    public string? TraceId { get; init; }
}

/// <summary>The function failed with the batch, or took only the records before the first that it named.</summary>
/// <param name="Taken">Records before that; 0 when the function failed as a whole.</param>
/// <param name="Reason">The function's error, or why its response counts as one.</param>
internal sealed record StreamBatchFailed(
    string Uuid, string FunctionName, string RequestId, string ShardId, int Records, int Taken, string Reason)
    : IFunctionFact, IMeasuredFact
{
    public string? TraceId { get; init; }

    /// <summary>Whether the mapping has metrics of its own.</summary>
    public bool IsMeasured { get; init; }

    IEnumerable<MetricDatum> IMeasuredFact.Metrics => IsMeasured
        ? [FunctionMetrics.OfMapping("FailedInvokeEventCount", Uuid, Records - Taken)]
        : [];
}

/// <summary>Records were given up; their on-failure record is on its way, if the mapping has a destination.</summary>
/// <param name="Condition">RetryAttemptsExhausted or RecordAgeExceeded.</param>
/// <param name="First">The first record's sequence number; empty for a window's last invocation.</param>
internal sealed record StreamBatchGivenUp(
    string Uuid, string FunctionName, string RequestId, string ShardId, int Records, string Condition, string First,
    string Last, string? Destination) : IFunctionFact, IMeasuredFact
{
    /// <summary>Whether the mapping has metrics of its own.</summary>
    public bool IsMeasured { get; init; }

    IEnumerable<MetricDatum> IMeasuredFact.Metrics => IsMeasured
        ? [FunctionMetrics.OfMapping("DroppedEventCount", Uuid, Records)]
        : [];
}

/// <summary>The on-failure destination will never have a record.</summary>
internal sealed record StreamFailureLost(
    string Uuid, string FunctionName, string RequestId, string Destination, string Reason) : IFunctionFact;
