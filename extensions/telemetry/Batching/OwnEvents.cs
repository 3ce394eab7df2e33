using System.Globalization;
using System.Text.Json;
using Isobar.Telemetry.Events;

namespace Isobar.Telemetry.Batching;

/// <summary>Events that the extension tells of itself, in the shape of the platform's.</summary>
internal static class OwnEvents
{
    public const string DroppedType = "telemetry.dropped", SampledType = "telemetry.sampled";

    public static JsonElement SampledAway(SampledAway away, DateTimeOffset now) => Event(SampledType, now, writer =>
    {
        writer.WriteNumber("invocations", away.Invocations);
        writer.WriteNumber("lines", away.Lines);
    });

    public static JsonElement Dropped(Loss loss, DateTimeOffset now) => Event(DroppedType, now, writer =>
    {
        writer.WriteString("destination", loss.Destination);
        writer.WriteNumber("droppedLines", loss.Lines);
        if (loss.Lines > 0)
        {
            writer.WriteNumber("firstSequence", loss.FirstSequence);
            writer.WriteNumber("lastSequence", loss.LastSequence);
        }

        if (loss.Spans > 0) writer.WriteNumber("droppedSpans", loss.Spans);
        if (loss.RejectedLines > 0) writer.WriteNumber("rejectedLines", loss.RejectedLines);
        if (loss.RejectedSpans > 0) writer.WriteNumber("rejectedSpans", loss.RejectedSpans);
    });

    private static JsonElement Event(string type, DateTimeOffset now, Action<Utf8JsonWriter> writeRecord)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("time", Instant(now));
            writer.WriteString("type", type);
            writer.WriteStartObject("record");
            writeRecord(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return JsonElement.Parse(stream.ToArray());
    }

    private static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
