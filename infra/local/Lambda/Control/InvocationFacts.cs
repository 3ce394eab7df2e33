using Isobar.Local.History;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.Control;

/// <summary>An invocation was refused because a concurrency limit was reached. It is in no other metric.</summary>
/// <param name="Qualifier">The version or alias that the caller named; null for none.</param>
/// <param name="Reason">Which limit: the <c>Reason</c> of the answer.</param>
internal sealed record InvocationThrottled(
    string RequestId, string FunctionName, string? Qualifier, string Reason, InvocationCaller Caller)
    : IFunctionFact, IMeasuredFact
{
    public string? TraceId { get; init; }

    IEnumerable<MetricDatum> IMeasuredFact.Metrics =>
        from dimensions in FunctionMetrics.Dimensions(FunctionName, Qualifier, executedVersion: null)
        select FunctionMetrics.Datum("Throttles", dimensions, 1);
}

/// <summary>An invocation has ended: what its metrics say, whoever still waits for it.</summary>
/// <param name="Qualifier">The version or alias that was invoked; null for none.</param>
/// <param name="ExecutedVersion"><c>$LATEST</c> or a number.</param>
/// <param name="IsError">The function failed, timed out or could not be started.</param>
/// <param name="Duration">As the answer has it.</param>
/// <param name="Began">Service time; AWS counts an invocation in the minute in which it began.</param>
internal sealed record InvocationEnded(
    string RequestId, string FunctionName, string? Qualifier, string ExecutedVersion, bool IsError, TimeSpan Duration,
    DateTimeOffset Began) : IFunctionFact, IMeasuredFact
{
    /// <summary>What was under way when it began, itself included.</summary>
    public required ConcurrencyCounts Concurrency { get; init; }

    public string? TraceId { get; init; }

    /// <summary>Duration in milliseconds, to a hundredth, as REPORT lines have it.</summary>
    public double DurationMs => Math.Round(Duration.TotalMilliseconds, 2);

    /// <summary>Where it is counted.</summary>
    internal required InvocationMetrics Measured { get; init; }

    IEnumerable<MetricDatum> IMeasuredFact.Metrics => Measured.Of(IsError, DurationMs, Concurrency, Began);
}

/// <summary>Executions under way at an instant.</summary>
/// <param name="Claimed">The unreserved ones, and all that is reserved, used or not.</param>
internal readonly record struct ConcurrencyCounts(int OfFunction, int OfAccount, int Unreserved, int Claimed);
