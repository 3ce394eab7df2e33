using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Lambda.Telemetry;

/// <summary>Which init an event tells of.</summary>
/// <param name="Type"><c>on-demand</c> or <c>provisioned-concurrency</c>.</param>
/// <param name="Suppressed">Done again inside an invocation, after a failure.</param>
internal sealed record InitPhase(string Type, bool Suppressed)
{
    public string Name => Suppressed ? "invoke" : "init";
}

/// <summary>The platform's events with the fields that AWS gives them.</summary>
/// <remarks>
/// Source: Lambda developer guide, "Telemetry API event schema reference"; the fields' types and the spans are those
/// of the runtime interface emulator, <c>interop/events_api.go</c>. Instants are ISO 8601 in UTC with milliseconds.
/// </remarks>
internal static class PlatformEvents
{
    // Source: the example in the developer guide, platform.logsDropped.
    private const string FellBehind =
        "Consumer seems to have fallen behind as it has not acknowledged receipt of logs.";

    public static TelemetryEvent InitStart(
        DateTimeOffset at, FunctionConfiguration function, string instance, InitPhase phase) =>
        Event(at, "platform.initStart", writer =>
        {
            WriteInit(writer, phase);
            if (function.Image is null)
            {
                writer.WriteString("runtimeVersion", $"{function.Runtime}.local");
                writer.WriteString("runtimeVersionArn", function.RuntimeVersionArn);
            }

            writer.WriteString("functionName", function.FunctionName);
            writer.WriteString("functionVersion", function.Version);
            writer.WriteString("instanceId", instance);
            writer.WriteNumber("instanceMaxMemory", (long)function.MemorySizeMb << 20);
        });

    public static TelemetryEvent InitRuntimeDone(DateTimeOffset at, InitPhase phase, Failure? failure) =>
        Event(at, "platform.initRuntimeDone", writer =>
        {
            WriteInit(writer, phase);
            WriteStatus(writer, failure);
        });

    public static TelemetryEvent InitReport(
        DateTimeOffset at, InitPhase phase, Failure? failure, TimeSpan duration) =>
        Event(at, "platform.initReport", writer =>
        {
            WriteInit(writer, phase);
            WriteStatus(writer, failure);
            writer.WriteStartObject("metrics");
            writer.WriteNumber("durationMs", Milliseconds(duration));
            writer.WriteEndObject();
        });

    public static TelemetryEvent Start(DateTimeOffset at, string version, InvocationRequest request) =>
        Event(at, "platform.start", writer =>
        {
            writer.WriteString("requestId", request.RequestId);
            writer.WriteString("version", version);
            WriteTracing(writer, request);
        });

    public static TelemetryEvent RuntimeDone(DateTimeOffset at, WriteRuntimeDone done) =>
        Event(at, "platform.runtimeDone", writer =>
        {
            writer.WriteString("requestId", done.Invocation.RequestId);
            writer.WriteString("status", "success");
            writer.WriteStartObject("metrics");
            writer.WriteNumber("durationMs", Milliseconds(done.Ended - done.Started));
            writer.WriteNumber("producedBytes", done.ProducedBytes);
            writer.WriteEndObject();
            writer.WriteStartArray("spans");
            WriteSpan(writer, "responseLatency", done.Started, done.ResponseBegan);
            WriteSpan(writer, "responseDuration", done.ResponseBegan, done.ResponseEnded);
            WriteSpan(writer, "runtimeOverhead", done.ResponseEnded, done.Ended);
            writer.WriteEndArray();
            WriteTracing(writer, done.Invocation.Request);
        });

    /// <summary>The runtime did not get to its next event.</summary>
    public static TelemetryEvent RuntimeFailed(
        DateTimeOffset at, InvocationRequest request, Failure failure, TimeSpan duration) =>
        Event(at, "platform.runtimeDone", writer =>
        {
            writer.WriteString("requestId", request.RequestId);
            WriteStatus(writer, failure);
            writer.WriteStartObject("metrics");
            writer.WriteNumber("durationMs", Milliseconds(duration));
            writer.WriteEndObject();
            WriteTracing(writer, request);
        });

    public static TelemetryEvent Report(
        DateTimeOffset at, FunctionConfiguration function, WriteReport report, int maxMemoryUsedMb) =>
        Event(at, "platform.report", writer =>
        {
            writer.WriteString("requestId", report.Invocation.RequestId);
            WriteStatus(writer, report.Failure);
            writer.WriteStartObject("metrics");
            writer.WriteNumber("durationMs", Milliseconds(report.Duration));
            writer.WriteNumber("billedDurationMs", PlatformLines.Billed(report.Duration, report.InitDuration));
            writer.WriteNumber("memorySizeMB", function.MemorySizeMb);
            writer.WriteNumber("maxMemoryUsedMB", maxMemoryUsedMb);
            if (report.InitDuration is { } init) writer.WriteNumber("initDurationMs", Milliseconds(init));
            writer.WriteEndObject();
            if (report.ExtensionOverhead is { } overhead)
            {
                writer.WriteStartArray("spans");
                WriteSpan(writer, "extensionOverhead", overhead.Began, overhead.Ended);
                writer.WriteEndArray();
            }

            WriteTracing(writer, report.Invocation.Request);
        });

    /// <summary>The older API's mark of an invocation's end.</summary>
    public static TelemetryEvent End(DateTimeOffset at, string requestId) =>
        Event(at, "platform.end", writer => writer.WriteString("requestId", requestId));

    /// <summary>The older API's word for a failure: its record is a string.</summary>
    public static TelemetryEvent Fault(DateTimeOffset at, string requestId, Failure failure) => Line(
        at, TelemetryTypes.Platform, "platform.fault",
        $"RequestId: {requestId} Error: {failure.Message}\n{failure.ErrorType}\n");

    public static TelemetryEvent Extension(DateTimeOffset at, WriteExtension extension) =>
        Event(at, "platform.extension", writer =>
        {
            writer.WriteString("name", extension.Name);
            writer.WriteString("state", extension.State);
            writer.WriteStartArray("events");
            foreach (var name in extension.Events.Names()) writer.WriteStringValue(name);
            writer.WriteEndArray();
            if (extension.ErrorType is { } errorType) writer.WriteString("errorType", errorType);
        });

    public static TelemetryEvent Subscribed(DateTimeOffset at, string name, Subscription subscription) => Event(
        at,
        subscription.Api == TelemetryApiKind.Logs ? "platform.logsSubscription" : "platform.telemetrySubscription",
        writer =>
        {
            writer.WriteString("name", name);
            writer.WriteString("state", "Subscribed");
            writer.WriteStartArray("types");
            if (subscription.Types.HasFlag(TelemetryTypes.Platform)) writer.WriteStringValue("platform");
            if (subscription.Types.HasFlag(TelemetryTypes.Function)) writer.WriteStringValue("function");
            if (subscription.Types.HasFlag(TelemetryTypes.Extension)) writer.WriteStringValue("extension");
            writer.WriteEndArray();
        });

    public static TelemetryEvent LogsDropped(DateTimeOffset at, long records, long bytes) =>
        Event(at, "platform.logsDropped", writer =>
        {
            writer.WriteNumber("droppedRecords", records);
            writer.WriteNumber("droppedBytes", bytes);
            writer.WriteString("reason", FellBehind);
        });

    /// <summary>A log line: its record is a string, whatever is in it.</summary>
    public static TelemetryEvent Line(DateTimeOffset at, TelemetryTypes category, string type, string line) =>
        new(category, type, Envelope(at, type, writer => writer.WriteString("record", line)));

    internal static byte[] Envelope(DateTimeOffset at, string type, Action<Utf8JsonWriter> writeRecord)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("time", Instant(at));
            writer.WriteString("type", type);
            writeRecord(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static TelemetryEvent Event(DateTimeOffset at, string type, Action<Utf8JsonWriter> writeRecord) =>
        new(TelemetryTypes.Platform, type, Envelope(at, type, writer =>
        {
            writer.WriteStartObject("record");
            writeRecord(writer);
            writer.WriteEndObject();
        }));

    private static void WriteInit(Utf8JsonWriter writer, InitPhase phase)
    {
        writer.WriteString("initializationType", phase.Type);
        writer.WriteString("phase", phase.Name);
    }

    private static void WriteStatus(Utf8JsonWriter writer, Failure? failure)
    {
        writer.WriteString("status", failure?.Status ?? "success");
        if (failure is { IsTimeout: false }) writer.WriteString("errorType", failure.ErrorType);
    }

    private static void WriteSpan(Utf8JsonWriter writer, string name, DateTimeOffset began, DateTimeOffset ended)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteString("start", Instant(began));
        writer.WriteNumber("durationMs", Milliseconds(ended - began));
        writer.WriteEndObject();
    }

    private static void WriteTracing(Utf8JsonWriter writer, InvocationRequest request)
    {
        if (string.IsNullOrEmpty(request.TraceId)) return;
        writer.WriteStartObject("tracing");
        writer.WriteString("type", "X-Amzn-Trace-Id");
        writer.WriteString("value", request.TraceId);
        writer.WriteEndObject();
    }

    private static double Milliseconds(TimeSpan time) => Math.Round(Math.Max(0, time.TotalMilliseconds), 3);

    private static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
