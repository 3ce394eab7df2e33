using System.Text.Json;

namespace Isobar.Telemetry.Events;

/// <summary>Lambda's six log levels.</summary>
internal enum Level
{
    Trace,
    Debug,
    Info,
    Warn,
    Error,
    Fatal,
}

/// <summary>Finds the level of a log line, in the formats that Lambda's runtimes and Powertools write.</summary>
internal static class Levels
{
    private static readonly string[] Members = ["level", "Level", "logLevel", "severity"];

    /// <summary>Reads a name as Lambda, .NET, Node.js or Python writes it, in either case.</summary>
    public static Level? Parse(ReadOnlySpan<char> name)
    {
        Span<char> lower = stackalloc char[11];
        if (name.Length > lower.Length) return null;
        name.ToLowerInvariant(lower);
        return lower[..name.Length] switch
        {
            "trace" or "trce" => Level.Trace,
            "debug" or "dbug" => Level.Debug,
            "info" or "information" => Level.Info,
            "warn" or "warning" => Level.Warn,
            "error" or "fail" => Level.Error,
            "fatal" or "crit" or "critical" => Level.Fatal,
            _ => null,
        };
    }

    /// <summary>The name that Lambda's log configuration has for it.</summary>
    public static string NameOf(Level level) => level switch
    {
        Level.Trace => "TRACE",
        Level.Debug => "DEBUG",
        Level.Info => "INFO",
        Level.Warn => "WARN",
        Level.Error => "ERROR",
        _ => "FATAL",
    };

    /// <param name="record">An event's record: a JSON object, or a text line that may contain one.</param>
    /// <returns>Null if the line has no level.</returns>
    public static Level? Of(JsonElement record) => record.ValueKind switch
    {
        JsonValueKind.Object => OfObject(record),
        JsonValueKind.String => OfText(EventJson.Text(record)),
        _ => null,
    };

    private static Level? OfObject(JsonElement record)
    {
        foreach (var member in Members)
        {
            if (record.TryGetProperty(member, out var level) && level.ValueKind == JsonValueKind.String)
                return Parse(EventJson.Text(level));
        }

        return null;
    }

    private static Level? OfText(string line)
    {
        if (line.StartsWith('{')) return OfJsonText(line);

        // Python: [ERROR] …
        if (line.StartsWith('[') && line.IndexOf(']') is > 0 and var end) return Parse(line.AsSpan(1, end - 1));

        // .NET and Node.js: time, request id, level and message, separated by tabs.
        var fields = line.AsSpan().Split('\t');
        for (var field = 0; fields.MoveNext(); field++)
            if (field == 2) return Parse(line.AsSpan(fields.Current).Trim());
        return null;
    }

    private static Level? OfJsonText(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return OfObject(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
