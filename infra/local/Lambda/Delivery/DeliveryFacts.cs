using Isobar.Local.History;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.Delivery;

/// <summary>An event was taken over for asynchronous invocation (the caller got its 202).</summary>
internal sealed record EventQueued(string RequestId, string FunctionName, int Bytes)
    : IFunctionFact, IMeasuredFact
{
    public string? TraceId { get; init; }

    IEnumerable<MetricDatum> IMeasuredFact.Metrics =>
        FunctionMetrics.OfFunction("AsyncEventsReceived", FunctionName, 1);
}

/// <summary>An attempt reached the function and succeeded; the queue is done with the event.</summary>
/// <param name="Attempts">1 to 3.</param>
internal sealed record AsynchronousEventSucceeded(string RequestId, string FunctionName, int Attempts) : IFunctionFact
{
    public string? TraceId { get; init; }
}

/// <summary>An attempt reached the function and failed.</summary>
/// <param name="Attempt">1 to 3.</param>
/// <param name="ErrorType">The platform's error type, when it is one of the platform's.</param>
/// <param name="Next">When it is tried again, or null when that was the last attempt.</param>
internal sealed record AsynchronousAttemptFailed(
    string RequestId, string FunctionName, int Attempt, string? ErrorType, DateTimeOffset? Next) : IFunctionFact
{
    public string? TraceId { get; init; }
}

/// <summary>The function could not be reached (429 or 5xx); that is not an attempt.</summary>
internal sealed record AsynchronousAttemptDeferred(
    string RequestId, string FunctionName, string Reason, DateTimeOffset Next) : IFunctionFact
{
    public string? TraceId { get; init; }
}

/// <summary>
/// The queue gave an event up: one more of the metric <c>AsyncEventsDropped</c>. Without an on-failure destination or a
/// dead-letter target this is all that is left of it.
/// </summary>
/// <param name="Condition"><c>RetriesExhausted</c>, <c>EventAgeExceeded</c> or <c>ZeroReservedConcurrency</c>.</param>
/// <param name="ApproximateInvokeCount">0 to 3.</param>
internal sealed record AsynchronousEventDropped(
    string RequestId, string FunctionName, string Condition, int ApproximateInvokeCount)
    : IFunctionFact, IMeasuredFact
{
    public string? TraceId { get; init; }

    IEnumerable<MetricDatum> IMeasuredFact.Metrics =>
        FunctionMetrics.OfFunction("AsyncEventsDropped", FunctionName, 1);
}

/// <summary>
/// The host stopped while events waited for an attempt: they are lost, as nothing here outlives the host.
/// </summary>
internal sealed record AsynchronousEventsAbandoned(int Count) : IFact;

/// <summary>
/// A record will never reach its destination: one more of the metric <c>DestinationDeliveryFailures</c>.
/// </summary>
/// <param name="Failures">Of this function, so far.</param>
internal sealed record DestinationDeliveryFailed(
    string FunctionName, string RequestId, string Destination, string Reason, int Failures)
    : IFunctionFact, IMeasuredFact
{
    public string? TraceId { get; init; }

    IEnumerable<MetricDatum> IMeasuredFact.Metrics =>
        FunctionMetrics.OfFunction("DestinationDeliveryFailures", FunctionName, 1);
}

/// <summary>
/// An event will never reach the function's dead-letter target: one more of the metric <c>DeadLetterErrors</c>.
/// </summary>
/// <param name="Failures">Of this function, so far.</param>
internal sealed record DeadLetterFailed(
    string FunctionName, string RequestId, string Target, string Reason, int Failures)
    : IFunctionFact, IMeasuredFact
{
    public string? TraceId { get; init; }

    IEnumerable<MetricDatum> IMeasuredFact.Metrics =>
        FunctionMetrics.OfFunction("DeadLetterErrors", FunctionName, 1);
}

/// <summary>The host stopped while records and dead letters were on their way.</summary>
internal sealed record RecordsAbandoned(int Count) : IFact;
