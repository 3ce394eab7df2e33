using System.Text.Json;
using Isobar.Telemetry.Events;

namespace Isobar.Telemetry.Otlp;

/// <summary>
/// Makes spans of platform events: the invocation, below it its init phase, what the runtime took and what the
/// extensions took after it.
/// </summary>
/// <remarks>
/// Source: opentelemetry-proto, <c>trace/v1/trace.proto</c>; attributes by the semantic conventions "Function as a
/// Service". The spans' names below the invocation are Lambda's own.
/// </remarks>
internal sealed class Spans(SpanIds ids, string functionName)
{
    private const int TraceId = 1, SpanId = 2, ParentSpanId = 4, Name = 5, Kind = 6, Start = 7, End = 8, Attributes = 9,
        Status = 15, Flags = 16;

    private const int StatusMessage = 2, StatusCode = 3, Failed = 2;
    private const ulong Internal = 1, Server = 2;

    // Flags: whether the parent is remote is known, and whether it is.
    private const uint RemoteIsKnown = 0x100, IsRemote = 0x200;

    private Invocation? withInit;

    /// <summary>Adds the spans that the line ends, if any.</summary>
    public void Add(OtlpRequest request, in Line line)
    {
        if (line.Invocation is not { } invocation
            || line.Record is not { ValueKind: JsonValueKind.Object } record) return;
        switch (line.Type)
        {
            case "platform.runtimeDone":
                AddInit(request, invocation);
                AddPlatforms(request, invocation, record);
                break;
            case "platform.report":
                AddInit(request, invocation);
                AddPlatforms(request, invocation, record);
                AddInvocation(request, invocation, record, line);
                break;
        }
    }

    private void AddInit(OtlpRequest request, Invocation invocation)
    {
        if (invocation.Init is not { } init || ReferenceEquals(withInit, invocation)) return;
        withInit = invocation;
        var writer = request.Writer;
        var begun = Begin(request, invocation, ids.NextSpan(), "init", Internal, init.Started, init.Duration);
        writer.Attribute(Attributes, "aws.lambda.initialization_type", init.Type);
        writer.Attribute(Attributes, "aws.lambda.init_phase", init.Phase);
        WriteStatus(writer, init.Status, init.ErrorType);
        Finish(request, begun, invocation, RemoteIsKnown);
    }

    /// <summary>Lambda's own spans: responseLatency, responseDuration, runtimeOverhead and extensionOverhead.</summary>
    private void AddPlatforms(OtlpRequest request, Invocation invocation, JsonElement record)
    {
        if (EventJson.Member(record, "spans") is not { ValueKind: JsonValueKind.Array } spans) return;
        foreach (var span in spans.EnumerateArray())
        {
            if (EventJson.Text(span, "name") is not { Length: > 0 } name
                || EventJson.Time(span, "start") is not { } start
                || EventJson.Milliseconds(span, "durationMs") is not { } duration) continue;
            var begun = Begin(request, invocation, ids.NextSpan(), name, Internal, start, duration);
            Finish(request, begun, invocation, RemoteIsKnown);
        }
    }

    private void AddInvocation(OtlpRequest request, Invocation invocation, JsonElement record, in Line line)
    {
        var metrics = EventJson.Member(record, "metrics") ?? default;
        var duration = EventJson.Milliseconds(metrics, "durationMs") ?? TimeSpan.Zero;
        var writer = request.Writer;
        var begun = Begin(
            request, invocation, invocation.SpanId, functionName, Server, invocation.Started, duration);
        writer.Attribute(Attributes, "faas.invocation_id", invocation.RequestId);
        writer.Attribute(Attributes, "faas.coldstart", invocation.Init is not null);
        writer.Attribute(Attributes, LogRecords.SequenceAttribute, line.Sequence);
        foreach (var (name, attribute) in Metrics)
        {
            if (EventJson.Number(metrics, name) is { } number)
                writer.Attribute(Attributes, attribute, (long)Math.Ceiling(number));
        }

        WriteStatus(writer, EventJson.Text(record, "status") ?? "", EventJson.Text(record, "errorType"));
        Finish(request, begun, invocation, RemoteIsKnown | (invocation.Trace.ParentId == 0 ? 0 : IsRemote));
    }

    private static readonly (string Name, string Attribute)[] Metrics =
    [
        ("billedDurationMs", "aws.lambda.billed_duration_ms"), ("maxMemoryUsedMB", "aws.lambda.max_memory_used_mb"),
    ];

    /// <summary>Writes the fields that every span has in front of its attributes.</summary>
    private static int Begin(
        OtlpRequest request, Invocation invocation, ulong id, string name, ulong kind, DateTimeOffset start,
        TimeSpan duration)
    {
        var writer = request.Writer;
        var begun = request.BeginItem();
        writer.TraceId(TraceId, invocation.Trace.TraceId);
        writer.SpanId(SpanId, id);
        var parent = id == invocation.SpanId ? invocation.Trace.ParentId : invocation.SpanId;
        if (parent != 0) writer.SpanId(ParentSpanId, parent);
        writer.Text(Name, name);
        writer.Number(Kind, kind);
        writer.Fixed64(Start, UnixTime.Nanoseconds(start));
        writer.Fixed64(End, UnixTime.Nanoseconds(start + duration));
        return begun;
    }

    private static void Finish(OtlpRequest request, int begun, Invocation invocation, uint flags)
    {
        request.Writer.Fixed32(Flags, flags | (invocation.Trace.IsSampled ? 1u : 0));
        request.EndItem(begun);
    }

    private static void WriteStatus(ProtobufWriter writer, string status, string? errorType)
    {
        if (status is "" or "success") return;
        if (errorType is not null) writer.Attribute(Attributes, "error.type", errorType);
        var begun = writer.Begin(Status);
        writer.Text(StatusMessage, errorType ?? status);
        writer.Number(StatusCode, Failed);
        writer.End(begun);
    }
}
