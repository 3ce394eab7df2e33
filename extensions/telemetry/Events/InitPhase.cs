namespace Isobar.Telemetry.Events;

/// <summary>An init phase, as its report tells of it.</summary>
/// <param name="Type">Such as <c>on-demand</c>.</param>
/// <param name="Phase"><c>init</c>; <c>invoke</c> if it was done inside an invocation, after a failure.</param>
/// <param name="Status"><c>success</c>, <c>failure</c>, <c>error</c> or <c>timeout</c>.</param>
internal sealed record InitPhase(
    DateTimeOffset Started, TimeSpan Duration, string Type, string Phase, string Status, string? ErrorType);
