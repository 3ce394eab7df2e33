using System.Text.Json;

namespace Isobar.Telemetry.Events;

/// <summary>An event that is shipped.</summary>
/// <param name="Sequence">Counts the lines of an environment from 1.</param>
/// <param name="Type">Such as <c>function</c> or <c>platform.report</c>.</param>
/// <param name="Event">The event as it came: a JSON object with <c>time</c>, <c>type</c> and <c>record</c>.</param>
/// <param name="Level">A log line's level; null if it has none.</param>
/// <param name="Invocation">The one that it belongs to; null between environment start and the first one.</param>
internal readonly record struct Line(
    long Sequence, string Type, JsonElement Event, Level? Level, DateTimeOffset Received, Invocation? Invocation)
{
    /// <summary>Null if the event has none.</summary>
    public JsonElement? Record => Event.TryGetProperty("record", out var record) ? record : null;

    /// <summary>When it happened; if it does not say so, when it was received.</summary>
    public DateTimeOffset Time => EventJson.Time(Event, "time") ?? Received;
}
