using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Isobar.Local.Lambda.Environments;

/// <summary>The platform's own lines in a function's log, as text or as JSON.</summary>
/// <remarks>
/// Source: Lambda developer guide, "Sending Lambda function logs to CloudWatch Logs"; REPORT as recorded on AWS.
/// </remarks>
internal sealed class PlatformLines(FunctionConfiguration function)
{
    public string InitStart(DateTimeOffset at) => function.LogFormat == LoggingFormat.Text
        ? $"INIT_START Runtime Version: {function.Runtime}.local\tRuntime Version ARN: "
          + $"arn:aws:lambda:{function.Region}::runtime:{function.Runtime}-local"
        : Json(at, "platform.initStart", writer =>
        {
            writer.WriteString("initializationType", "on-demand");
            writer.WriteString("phase", "init");
            writer.WriteString("functionName", function.FunctionName);
            writer.WriteString("functionVersion", function.Version);
        });

    public string InitReport(DateTimeOffset at, TimeSpan duration, Failure failure) =>
        function.LogFormat == LoggingFormat.Text
            ? $"INIT_REPORT Init Duration: {Milliseconds(duration)} ms\tPhase: init\t{Status(failure)}"
            : Json(at, "platform.initReport", writer =>
            {
                writer.WriteString("initializationType", "on-demand");
                writer.WriteString("phase", "init");
                WriteStatus(writer, failure);
                writer.WriteStartObject("metrics");
                writer.WriteNumber("durationMs", Rounded(duration));
                writer.WriteEndObject();
            });

    public string Extension(DateTimeOffset at, WriteExtension extension)
    {
        string[] events = [.. Enum.GetValues<ExtensionEvents>()
            .Where(one => one != ExtensionEvents.None && extension.Events.HasFlag(one))
            .Select(one => one.ToString().ToUpperInvariant())];
        if (function.LogFormat == LoggingFormat.Text)
        {
            var error = extension.ErrorType is { } type ? $"\tError Type: {type}" : "";
            return $"EXTENSION\tName: {extension.Name}\tState: {extension.State}\t"
                + $"Events: [{string.Join(", ", events)}]{error}";
        }

        return Json(at, "platform.extension", writer =>
        {
            writer.WriteString("name", extension.Name);
            writer.WriteString("state", extension.State);
            writer.WriteStartArray("events");
            foreach (var one in events) writer.WriteStringValue(one);
            writer.WriteEndArray();
            if (extension.ErrorType is { } type) writer.WriteString("errorType", type);
        });
    }

    public string Start(DateTimeOffset at, string requestId) => function.LogFormat == LoggingFormat.Text
        ? $"START RequestId: {requestId} Version: {function.Version}"
        : Json(at, "platform.start", writer =>
        {
            writer.WriteString("requestId", requestId);
            writer.WriteString("version", function.Version);
        });

    /// <returns>Null in the JSON format, which has no such line.</returns>
    public string? End(string requestId) =>
        function.LogFormat == LoggingFormat.Text ? $"END RequestId: {requestId}" : null;

    public string Report(DateTimeOffset at, WriteReport report, int maxMemoryUsedMb)
    {
        var requestId = report.Invocation.RequestId;
        var billed = Billed(report.Duration, report.InitDuration);
        if (function.LogFormat == LoggingFormat.Text)
        {
            var init = report.InitDuration is { } took ? $"Init Duration: {Milliseconds(took)} ms\t" : "";
            var status = report.Failure is { } failure ? Status(failure) : "";
            return $"REPORT RequestId: {requestId}\tDuration: {Milliseconds(report.Duration)} ms\t"
                + $"Billed Duration: {billed} ms\tMemory Size: {function.MemorySizeMb} MB\t"
                + $"Max Memory Used: {maxMemoryUsedMb} MB\t{init}{status}";
        }

        return Json(at, "platform.report", writer =>
        {
            writer.WriteString("requestId", requestId);
            WriteStatus(writer, report.Failure);
            writer.WriteStartObject("metrics");
            writer.WriteNumber("durationMs", Rounded(report.Duration));
            writer.WriteNumber("billedDurationMs", billed);
            writer.WriteNumber("memorySizeMB", function.MemorySizeMb);
            writer.WriteNumber("maxMemoryUsedMB", maxMemoryUsedMb);
            if (report.InitDuration is { } took) writer.WriteNumber("initDurationMs", Rounded(took));
            writer.WriteEndObject();
        });
    }

    // Since August 2025 the init phase is billed with the first invocation.
    private static long Billed(TimeSpan duration, TimeSpan? init) =>
        (long)Math.Max(1, Math.Ceiling((duration + (init ?? TimeSpan.Zero)).TotalMilliseconds));

    private static string Milliseconds(TimeSpan time) =>
        time.TotalMilliseconds.ToString("0.00", CultureInfo.InvariantCulture);

    private static double Rounded(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);

    private static string Status(Failure failure) =>
        failure.IsTimeout ? "Status: timeout" : $"Status: error\tError Type: {failure.ErrorType}";

    private static void WriteStatus(Utf8JsonWriter writer, Failure? failure)
    {
        writer.WriteString(
            "status", failure switch { null => "success", { IsTimeout: true } => "timeout", _ => "error" });
        if (failure is { IsTimeout: false }) writer.WriteString("errorType", failure.ErrorType);
    }

    private static string Json(DateTimeOffset at, string type, Action<Utf8JsonWriter> writeRecord)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString(
                "time", at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            writer.WriteString("type", type);
            writer.WriteStartObject("record");
            writeRecord(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
