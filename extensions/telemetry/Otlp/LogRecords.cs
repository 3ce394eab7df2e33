using Isobar.Telemetry.Events;

namespace Isobar.Telemetry.Otlp;

/// <summary>Writes lines as OTLP's log records.</summary>
/// <remarks>
/// Source: opentelemetry-proto, <c>logs/v1/logs.proto</c>; severities by "Logs Data Model", fields in ascending order.
/// </remarks>
internal static class LogRecords
{
    /// <summary>The attribute with the line's number.</summary>
    public const string SequenceAttribute = "telemetry.sequence";

    private const int TimeUnixNano = 1, SeverityNumber = 2, SeverityText = 3, Body = 5, Attributes = 6, Flags = 8,
        TraceId = 9, SpanId = 10, ObservedTimeUnixNano = 11, EventName = 12;

    public static void Add(OtlpRequest request, in Line line)
    {
        var writer = request.Writer;
        var begun = request.BeginItem();
        writer.Fixed64(TimeUnixNano, UnixTime.Nanoseconds(line.Time));
        if (line.Level is { } level)
        {
            writer.Number(SeverityNumber, Severity(level));
            writer.Text(SeverityText, Levels.NameOf(level));
        }

        if (line.Record is { } record) writer.Json(Body, record);
        writer.Attribute(Attributes, SequenceAttribute, line.Sequence);
        writer.Attribute(Attributes, "telemetry.type", line.Type);
        if (line.Invocation is { } invocation)
        {
            writer.Attribute(Attributes, "faas.invocation_id", invocation.RequestId);
            if (invocation.Trace.IsSampled) writer.Fixed32(Flags, 1);
            writer.TraceId(TraceId, invocation.Trace.TraceId);
            writer.SpanId(SpanId, invocation.SpanId);
        }

        writer.Fixed64(ObservedTimeUnixNano, UnixTime.Nanoseconds(line.Received));
        // A platform event has a name and a known shape; a log line has not.
        if (line.Type is not ("function" or "extension")) writer.Text(EventName, line.Type);
        request.EndItem(begun);
    }

    /// <summary>The least number of the level's range.</summary>
    private static ulong Severity(Level level) => level switch
    {
        Level.Trace => 1,
        Level.Debug => 5,
        Level.Info => 9,
        Level.Warn => 13,
        Level.Error => 17,
        _ => 21,
    };
}
