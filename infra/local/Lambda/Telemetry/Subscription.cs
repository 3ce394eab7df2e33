namespace Isobar.Local.Lambda.Telemetry;

/// <summary>Which of the two APIs an extension subscribed by; Logs is the older one.</summary>
internal enum TelemetryApiKind
{
    Telemetry,
    Logs,
}

/// <summary>What an extension asked for, already valid.</summary>
/// <param name="Method">POST, or PUT where the Logs API allows it.</param>
/// <param name="Destination">Its port is inside the environment, whatever the host name says.</param>
internal sealed record Subscription(
    TelemetryApiKind Api, string SchemaVersion, TelemetryTypes Types, HttpMethod Method, Uri Destination,
    Buffering Buffering)
{
    // What one API has and the other has not. Source: developer guide, the event references of the two APIs.
    private static readonly HashSet<string> LogsOnly = ["platform.end", "platform.fault", "platform.logsSubscription"];

    private static readonly HashSet<string> TelemetryOnly =
        ["platform.initStart", "platform.initRuntimeDone", "platform.initReport", "platform.telemetrySubscription"];

    /// <summary>Source: developer guide, <c>function</c> event: objects since schema 2022-12-13.</summary>
    private bool TakesObjects =>
        Api == TelemetryApiKind.Telemetry && string.CompareOrdinal(SchemaVersion, "2022-12-13") >= 0;

    /// <returns>The event's JSON as this subscriber gets it, or null when it does not.</returns>
    public ReadOnlyMemory<byte>? Of(TelemetryEvent happened)
    {
        if ((happened.Category & Types) == 0) return null;
        if (happened.Category == TelemetryTypes.Platform && !Knows(happened.Type)) return null;
        return TakesObjects ? happened.Structured ?? happened.Json : happened.Json;
    }

    // The Logs API tells of the runtime's end since schema 2021-03-18.
    private bool Knows(string type) => Api == TelemetryApiKind.Telemetry
        ? !LogsOnly.Contains(type)
        : !TelemetryOnly.Contains(type) && (type != "platform.runtimeDone" || SchemaVersion == "2021-03-18");
}

/// <summary>When a buffer is delivered: at the first of the three.</summary>
internal sealed record Buffering(int MaxItems, int MaxBytes, TimeSpan Timeout);
