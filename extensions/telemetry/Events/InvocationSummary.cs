using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Isobar.Telemetry.Events;

/// <summary>
/// Writes a line of CloudWatch's embedded metric format for each invocation's report, of which CloudWatch makes metrics
/// when it comes to the function's log.
/// </summary>
/// <remarks>Source: Amazon CloudWatch User Guide, "Specification: Embedded metric format".</remarks>
internal sealed class InvocationSummary(string metricsNamespace, string functionName)
{
    private static readonly (string Name, string Member, string Unit)[] Reported =
    [
        ("Duration", "durationMs", "Milliseconds"), ("BilledDuration", "billedDurationMs", "Milliseconds"),
        ("MaxMemoryUsed", "maxMemoryUsedMB", "Megabytes"), ("InitDuration", "initDurationMs", "Milliseconds"),
    ];

    /// <param name="report">The event <c>platform.report</c>.</param>
    /// <param name="invocation">Null if its start was not seen.</param>
    /// <returns>Null if the report has no metrics.</returns>
    public string? Of(JsonElement report, Invocation? invocation, DateTimeOffset now)
    {
        if (EventJson.Member(report, "record") is not { } record
            || EventJson.Member(record, "metrics") is not { ValueKind: JsonValueKind.Object } metrics) return null;
        var failed = EventJson.Text(record, "status") is not (null or "success");
        var errorType = EventJson.Text(record, "errorType") ?? EventJson.Text(record, "status") ?? "";
        var cold = invocation?.Init is not null || EventJson.Number(metrics, "initDurationMs") is not null;
        var values = Reported
            .Select(each => (each.Name, each.Unit, Value: EventJson.Number(metrics, each.Member)))
            .Where(each => each.Value is not null)
            .Append((Name: "ColdStart", Unit: "Count", Value: cold ? 1 : 0))
            .Append((Name: "Errors", Unit: "Count", Value: failed ? 1 : 0)).ToArray();
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            // In front, so that the line is known when it comes back.
            writer.WriteString(OwnLines.SummaryMember, OwnLines.Summary);
            writer.WriteStartObject("_aws");
            writer.WriteNumber("Timestamp", (EventJson.Time(report, "time") ?? now).ToUnixTimeMilliseconds());
            writer.WriteStartArray("CloudWatchMetrics");
            WriteDirective(writer, ["FunctionName"], values.Select(each => (each.Name, each.Unit)));
            if (failed) WriteDirective(writer, ["FunctionName", "ErrorType"], [("Errors", "Count")]);
            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteString("FunctionName", functionName);
            if (failed) writer.WriteString("ErrorType", errorType);
            writer.WriteString("requestId", EventJson.Text(record, "requestId") ?? "");
            foreach (var (name, _, value) in values) writer.WriteNumber(name, value!.Value);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private void WriteDirective(
        Utf8JsonWriter writer, string[] dimensions, IEnumerable<(string Name, string Unit)> metrics)
    {
        writer.WriteStartObject();
        writer.WriteString("Namespace", metricsNamespace);
        writer.WriteStartArray("Dimensions");
        writer.WriteStartArray();
        foreach (var dimension in dimensions) writer.WriteStringValue(dimension);
        writer.WriteEndArray();
        writer.WriteEndArray();
        writer.WriteStartArray("Metrics");
        foreach (var (name, unit) in metrics)
        {
            writer.WriteStartObject();
            writer.WriteString("Name", name);
            writer.WriteString("Unit", unit);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
