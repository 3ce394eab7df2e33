using Isobar.Local.History;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.EventSources;

/// <summary>A mapping came to be; it reads its queue if it is enabled.</summary>
internal sealed record EventSourceMappingCreated(
    string Uuid, string EventSourceArn, string FunctionName, bool Enabled) : IFunctionFact;

/// <summary>A batch is on its way to the function.</summary>
internal sealed record BatchInvoked(
    string Uuid, string FunctionName, string RequestId, int Messages, int Bytes)
    : IFunctionFact, IMeasuredFact
{
    public string? TraceId { get; init; }

    /// <summary>Whether the mapping has metrics of its own.</summary>
    public bool IsMeasured { get; init; }

    IEnumerable<MetricDatum> IMeasuredFact.Metrics => IsMeasured
        ? [FunctionMetrics.OfMapping("InvokedEventCount", Uuid, Messages)]
        : [];
}

/// <summary>
/// The function took the batch, and its messages but for the failed ones are deleted from the queue.
/// </summary>
internal sealed record BatchSucceeded(
    string Uuid, string FunctionName, string RequestId, int Deleted, int Failed)
    : IFunctionFact, IMeasuredFact
{
    public string? TraceId { get; init; }

    /// <summary>Whether the mapping has metrics of its own.</summary>
    public bool IsMeasured { get; init; }

    IEnumerable<MetricDatum> IMeasuredFact.Metrics => IsMeasured
        ? [
            FunctionMetrics.OfMapping("DeletedEventCount", Uuid, Deleted),
            FunctionMetrics.OfMapping("FailedInvokeEventCount", Uuid, Failed),
        ]
        : [];
}

/// <summary>The function named this message as failed: it stays in the queue.</summary>
internal sealed record BatchItemFailed(
    string Uuid, string FunctionName, string RequestId, string MessageId) : IFunctionFact
{
    public string? TraceId { get; init; }
}

/// <summary>The whole batch stays in the queue until its visibility timeout ends.</summary>
/// <param name="Reason">The function's error, or why its response counts as one.</param>
internal sealed record BatchFailed(
    string Uuid, string FunctionName, string RequestId, int Messages, string Reason)
    : IFunctionFact, IMeasuredFact
{
    public string? TraceId { get; init; }

    /// <summary>Whether the mapping has metrics of its own.</summary>
    public bool IsMeasured { get; init; }

    IEnumerable<MetricDatum> IMeasuredFact.Metrics => IsMeasured
        ? [FunctionMetrics.OfMapping("FailedInvokeEventCount", Uuid, Messages)]
        : [];
}

/// <summary>Lambda could not run the batch (429 or 5xx).</summary>
/// <param name="Next">When it is tried again, or null when its messages would be visible before it could end.</param>
internal sealed record BatchThrottled(
    string Uuid, string FunctionName, string RequestId, string Reason, DateTimeOffset? Next) : IFunctionFact
{
    public string? TraceId { get; init; }
}

/// <summary>The queue could not be read or written; the mapping goes on after a wait.</summary>
internal sealed record EventSourceFaulted(string Uuid, string EventSourceArn, string Exception) : IFact
{
    string? IFact.Resource => FactResource.OfArn(EventSourceArn);
}
