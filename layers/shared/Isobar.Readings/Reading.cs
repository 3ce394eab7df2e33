using System.Text;
using System.Text.Json;
using Isobar.Domain;

namespace Isobar.Readings;

/// <summary>
/// What a station measured at an instant. Two readings with the same station, element and instant are the same reading;
/// where their values differ, the greater one counts, so that the order in which they come does not matter.
/// </summary>
/// <param name="Station">11 characters of A–Z, 0–9, <c>_</c> and <c>-</c>.</param>
/// <param name="Element">One of <see cref="Elements"/>.</param>
/// <param name="Thousandths">−999,999,999 to 999,999,999, in thousandths of the element's unit.</param>
/// <param name="At">To the millisecond, in UTC; 1970 or later.</param>
public sealed record Reading(string Station, string Element, long Thousandths, DateTimeOffset At)
{
    /// <summary>How far a reading's instant may be ahead of the clock that checks it.</summary>
    public static readonly TimeSpan MostAhead = TimeSpan.FromMinutes(10);

    /// <summary>Bytes of a reading as JSON, at most; it has about 90.</summary>
    public const int MaxBytes = 1_024;

    /// <summary>The elements that have a unit here; so a station has few items in the table.</summary>
    public static readonly IReadOnlyList<string> Elements =
        ["AWND", "PRCP", "SNOW", "SNWD", "TAVG", "TMAX", "TMIN", "TOBS"];

    /// <summary>The value in the element's unit.</summary>
    public decimal Value => Thousandths / 1_000m;

    /// <summary>The unit of an element's values: °C, mm or m/s.</summary>
    public static string UnitOf(string element) => Measure.Of(ElementCode.Pack(Encoding.ASCII.GetBytes(element))).Unit;

    /// <summary>Whether the reading is too far ahead of an instant: it would hide all later ones.</summary>
    public bool IsAheadOf(DateTimeOffset now) => At - now > MostAhead;

    /// <summary>As a record of the stream has it: UTF-8 JSON, equal bytes for equal readings.</summary>
    public byte[] ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("station", Station);
            json.WriteString("element", Element);
            json.WriteNumber("value", Value);
            json.WriteString("at", At.UtcDateTime);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
