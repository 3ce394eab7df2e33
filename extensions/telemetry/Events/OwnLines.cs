using System.Text.Json;

namespace Isobar.Telemetry.Events;

/// <summary>
/// The lines that this extension writes to its standard output. They come back as lines of an extension, and are not
/// shipped: each could cause another one.
/// </summary>
internal static class OwnLines
{
    /// <summary>Before every log message.</summary>
    public const string Prefix = "telemetry: ";

    /// <summary>The first member of every summary of an invocation, and its value.</summary>
    public const string SummaryMember = "telemetry", Summary = "summary";

    private const string SummaryStart = $$"""{"{{SummaryMember}}":"{{Summary}}",""";

    /// <param name="record">
    /// The record of an event of the type <c>extension</c>: a text, or the object that it is.
    /// </param>
    public static bool IsOwn(JsonElement record)
    {
        if (record.ValueKind != JsonValueKind.String) return EventJson.Text(record, SummaryMember) == Summary;
        var text = EventJson.Text(record);
        return text.StartsWith(Prefix, StringComparison.Ordinal)
            || text.StartsWith(SummaryStart, StringComparison.Ordinal);
    }
}
