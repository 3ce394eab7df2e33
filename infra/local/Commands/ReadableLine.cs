using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Isobar.Local.Commands;

/// <summary>
/// A line of a function's log as a person reads it: level, message, fields. Lines that only mark steps of the platform
/// are left out; what they say that matters is in the report.
/// </summary>
internal static class ReadableLine
{
    private const int ShownRequestIdCharacters = 8;

    // What every line of a function has, and what the prefix of the printed line says already.
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "time", "timestamp", "level", "message", "service", "cold_start", "name", "xray_trace_id", "function_name",
        "function_version", "function_memory_size", "function_arn", "function_request_id", "sampling_rate",
        "request_id", "requestId", "errorMessage", "exception", "stackTrace", "_aws",
    };

    /// <returns>One line or, with a stack trace, several; null for a line that is left out.</returns>
    public static string? Of(string line)
    {
        if (!line.StartsWith('{') || TryParse(line) is not { } parsed) return AsWritten(line);
        using (parsed)
        {
            try
            {
                return Of(parsed.RootElement);
            }
            catch (InvalidOperationException)
            {
                // It has half of a surrogate pair, or the type of a line of the platform and another form.
                return AsWritten(line);
            }
        }
    }

    private static string AsWritten(string line) => $"{"",-5} {line.TrimEnd()}";

    private static string? Of(JsonElement entry) =>
        Text(entry, "type") is { } type && type.StartsWith("platform.", StringComparison.Ordinal)
            && entry.TryGetProperty("record", out var record) && record.ValueKind == JsonValueKind.Object
                ? OfPlatform(type, record)
                : OfFunction(entry);

    private static string? OfPlatform(string type, JsonElement record) => type switch
    {
        "platform.report" => $"{"",-5} REPORT {Status(record)}{Metrics(record)}{Request(record)}",
        "platform.initReport" => $"{"",-5} INIT_REPORT {Status(record)}{Metrics(record)}",
        "platform.extension" when Text(record, "errorType") is { } error =>
            $"{"ERROR",-5} extension {Text(record, "name")} is {Text(record, "state")}: {error}",
        _ => null,
    };

    private static string Status(JsonElement record) => (Text(record, "status"), Text(record, "errorType")) switch
    {
        (null or "success", _) => "success",
        (var status, null) => status,
        var (status, error) => $"{status} ({error})",
    };

    private static string Metrics(JsonElement record)
    {
        if (!record.TryGetProperty("metrics", out var metrics)) return "";
        var text = new StringBuilder();
        if (Number(metrics, "durationMs") is { } took) Append($" in {took:0.0} ms");
        if (Number(metrics, "billedDurationMs") is { } billed) Append($", billed {billed:0} ms");
        if (Number(metrics, "maxMemoryUsedMB") is { } used)
            Append($", {used:0} of {Number(metrics, "memorySizeMB"):0} MB");
        if (Number(metrics, "initDurationMs") is { } init) Append($", COLD START: init {init:0.0} ms");
        return text.ToString();

        void Append(FormattableString part) => text.Append(part.ToString(CultureInfo.InvariantCulture));
    }

    private static string OfFunction(JsonElement entry)
    {
        var message = Text(entry, "message") ?? Text(entry, "errorMessage") ?? "";
        var text = new StringBuilder($"{Level(Text(entry, "level")),-5} ");
        text.Append(entry.TryGetProperty("_aws", out _) ? "METRICS" : message);
        foreach (var field in entry.EnumerateObject())
            if (!Known.Contains(field.Name) && Shown(field.Value) is { } value
                && !message.Contains(value, StringComparison.Ordinal))
                text.Append(' ').Append(field.Name).Append('=').Append(value);
        text.Append(Request(entry));
        if (entry.TryGetProperty("exception", out var exception)) AppendException(text, exception);
        if (entry.TryGetProperty("stackTrace", out var trace)) AppendTrace(text, trace);
        return text.ToString();
    }

    // Powertools spells levels as .NET does, Lambda in capitals.
    private static string Level(string? level) => level?.ToUpperInvariant() switch
    {
        null => "",
        "INFORMATION" => "INFO",
        "WARNING" => "WARN",
        "CRITICAL" => "FATAL",
        var other => other,
    };

    private static string Request(JsonElement entry) =>
        (Text(entry, "requestId") ?? Text(entry, "request_id") ?? Text(entry, "RequestId")) is { Length: > 0 } id
            ? $" request={id[..Math.Min(id.Length, ShownRequestIdCharacters)]}"
            : "";

    private static string? Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String when value.GetString() is { Length: > 0 } text && !text.Any(char.IsWhiteSpace) => text,
        _ => value.GetRawText(),
    };

    private static void AppendException(StringBuilder text, JsonElement exception)
    {
        if (exception.ValueKind != JsonValueKind.Object)
        {
            text.Append("\n      ").Append(exception.ToString().ReplaceLineEndings("\n      "));
            return;
        }

        text.Append("\n      ").Append(Text(exception, "type")).Append(": ").Append(Text(exception, "message"));
        if ((Text(exception, "stack_trace") ?? Text(exception, "stackTrace")) is { } trace)
            text.Append("\n      ").Append(trace.ReplaceLineEndings("\n      "));
    }

    private static void AppendTrace(StringBuilder text, JsonElement trace)
    {
        if (trace.ValueKind != JsonValueKind.Array) return;
        foreach (var frame in trace.EnumerateArray()) text.Append("\n      ").Append(frame.ToString());
    }

    private static string? Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static JsonDocument? TryParse(string line)
    {
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
