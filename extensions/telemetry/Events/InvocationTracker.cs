using System.Text.Json;

namespace Isobar.Telemetry.Events;

/// <summary>Follows the platform's events, and knows which invocation a line belongs to.</summary>
internal sealed class InvocationTracker(SpanIds ids)
{
    private InitPhase? init;

    /// <summary>The invocation that was started last; null before the first one.</summary>
    public Invocation? Current { get; private set; }

    /// <summary>Takes an event, in the order in which the platform delivers them.</summary>
    public void See(string type, JsonElement happened, DateTimeOffset now)
    {
        if (EventJson.Member(happened, "record") is not { } record) return;
        var time = EventJson.Time(happened, "time") ?? now;
        switch (type)
        {
            case "platform.initReport":
                init = Init(record, time);
                break;
            case "platform.start":
                Current = Start(record, time);
                init = null;
                break;
        }
    }

    /// <summary>
    /// The invocation of an event. A platform's event may name another one than the current one; a log line may have a
    /// member of that name which means something else.
    /// </summary>
    public Invocation? Of(string type, JsonElement happened) =>
        type is "function" or "extension" || Current is null || EventJson.Member(happened, "record") is not { } record
        || EventJson.Member(record, "requestId") is not { ValueKind: JsonValueKind.String } id
        || id.ValueEquals(Current.RequestId)
            ? Current
            : null;

    private static InitPhase Init(JsonElement record, DateTimeOffset reported)
    {
        var duration = EventJson.Member(record, "metrics") is { } metrics
            ? EventJson.Milliseconds(metrics, "durationMs") ?? TimeSpan.Zero
            : TimeSpan.Zero;
        return new InitPhase(
            reported - duration, duration, EventJson.Text(record, "initializationType") ?? "",
            EventJson.Text(record, "phase") ?? "", EventJson.Text(record, "status") ?? "",
            EventJson.Text(record, "errorType"));
    }

    private Invocation Start(JsonElement record, DateTimeOffset time)
    {
        var header = EventJson.Member(record, "tracing") is { } tracing
            ? TraceHeader.Parse(EventJson.Text(tracing, "value"))
            : null;
        return new Invocation(
            EventJson.Text(record, "requestId") ?? "", time, header ?? new TraceHeader(ids.NextTrace(), 0, false),
            ids.NextSpan(), init);
    }
}
