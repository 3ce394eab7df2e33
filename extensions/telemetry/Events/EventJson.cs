using System.Text.Json;

namespace Isobar.Telemetry.Events;

/// <summary>Reads members of events, which may be missing or of another kind than expected.</summary>
internal static class EventJson
{
    private static readonly string[] KnownTypes =
    [
        "function", "extension", "platform.start", "platform.runtimeDone", "platform.report", "platform.end",
        "platform.initStart", "platform.initRuntimeDone", "platform.initReport", "platform.extension",
        "platform.telemetrySubscription", "platform.logsSubscription", "platform.logsDropped", "platform.fault",
    ];

    /// <returns>Null if it is missing, or not a string.</returns>
    public static string? Text(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.String } member ? Text(member) : null;

    /// <summary>The text of a JSON string, even if it escapes half of a surrogate pair.</summary>
    /// <remarks>Node.js writes such strings, and GetString refuses them.</remarks>
    public static string Text(JsonElement value)
    {
        try
        {
            return value.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return value.GetRawText()[1..^1];
        }
    }

    /// <returns>Null if it is missing, or not an instant.</returns>
    public static DateTimeOffset? Time(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.String } member && member.TryGetDateTimeOffset(out var at)
            ? at
            : null;

    /// <returns>Null if it is missing, or not a number.</returns>
    public static double? Number(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.Number } member && member.TryGetDouble(out var number)
            ? number
            : null;

    /// <returns>Null if it is missing, or out of a time's range.</returns>
    public static TimeSpan? Milliseconds(JsonElement parent, string name) =>
        Number(parent, name) is >= 0 and < 1e12 and var milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;

    public static JsonElement? Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) ? member : null;

    /// <summary>An event's type; the usual ones without allocating.</summary>
    /// <returns>Empty if it is missing.</returns>
    public static string TypeOf(JsonElement happened)
    {
        if (Member(happened, "type") is not { ValueKind: JsonValueKind.String } type) return "";
        foreach (var known in KnownTypes)
            if (type.ValueEquals(known)) return known;
        return Text(type);
    }
}
