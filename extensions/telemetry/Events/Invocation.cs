namespace Isobar.Telemetry.Events;

/// <summary>An invocation that was started in this environment.</summary>
/// <param name="Trace">Of the header, or made here if there was none.</param>
/// <param name="SpanId">Of the invocation's own span.</param>
/// <param name="Init">The init phase that was done for it; null if it found a warm environment.</param>
internal sealed record Invocation(
    string RequestId, DateTimeOffset Started, TraceHeader Trace, ulong SpanId, InitPhase? Init);
