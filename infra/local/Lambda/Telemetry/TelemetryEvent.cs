namespace Isobar.Local.Lambda.Telemetry;

/// <summary>What an extension can subscribe to.</summary>
[Flags]
internal enum TelemetryTypes
{
    None = 0,
    Platform = 1,
    Function = 2,
    Extension = 4,
}

/// <summary>One event as it is delivered, encoded once for all subscribers.</summary>
/// <param name="Type">For example <c>platform.start</c>, or <c>function</c>.</param>
/// <param name="Json">The whole event object; a log line's record is a string.</param>
internal sealed record TelemetryEvent(TelemetryTypes Category, string Type, ReadOnlyMemory<byte> Json)
{
    /// <summary>
    /// A line that is a JSON object, with the object as its record: for subscribers of newer schemas.
    /// </summary>
    public ReadOnlyMemory<byte>? Structured { get; init; }
}
