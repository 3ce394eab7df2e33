using System.Globalization;
using System.Text;
using System.Text.Json;
using Isobar.Domain;

namespace Isobar.Readings;

/// <summary>Reads readings from JSON, strictly: what is not exactly a reading is none.</summary>
public static class ReadingReader
{
    private const decimal MostValue = 999_999.999m;

    private static readonly string[] Members = ["station", "element", "value", "at"];
    private static readonly string[] Times =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.fK", "yyyy-MM-dd'T'HH:mm:ss.ffK",
        "yyyy-MM-dd'T'HH:mm:ss.fffK",
    ];

    /// <summary>Reads one reading.</summary>
    /// <param name="utf8Json">The whole text.</param>
    /// <param name="problem">What is wrong where the result is null.</param>
    public static Reading? TryRead(ReadOnlyMemory<byte> utf8Json, out string problem)
    {
        problem = $"It must be JSON of at most {Reading.MaxBytes} bytes.";
        if (utf8Json.Length > Reading.MaxBytes) return null;
        try
        {
            using var document = JsonDocument.Parse(utf8Json, new JsonDocumentOptions { MaxDepth = 4 });
            return TryRead(document.RootElement, out problem);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Reads one reading.</summary>
    /// <param name="problem">What is wrong where the result is null; it does not repeat what was sent.</param>
    public static Reading? TryRead(JsonElement json, out string problem)
    {
        problem = "It must be an object of station, element, value and at, and of nothing else.";
        if (MembersOf(json) is not { } members) return null;
        problem = "station must be 11 characters of A-Z, 0-9, _ and -.";
        if (Text(members["station"]) is not { Length: StationId.Length } station
            || !StationId.IsValid(Encoding.UTF8.GetBytes(station))) return null;
        problem = $"element must be one of {string.Join(", ", Reading.Elements)}.";
        if (Text(members["element"]) is not { } element || !Reading.Elements.Contains(element)) return null;
        problem = "value must be a number from -999999.999 to 999999.999 with at most three decimals.";
        if (Thousandths(members["value"]) is not { } thousandths) return null;
        problem = "at must be a time from 1970 on with an offset and at most milliseconds, as 2026-11-30T18:00:00Z.";
        if (Instant(members["at"]) is not { } at) return null;
        problem = "";
        return new Reading(station, element, thousandths, at);
    }

    // Null unless each member is there once, and no other.
    private static Dictionary<string, JsonElement>? MembersOf(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) return null;
        var members = new Dictionary<string, JsonElement>(Members.Length, StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
            if (NameOf(member) is not { } name || !members.TryAdd(name, member.Value)) return null;
        return members.Count == Members.Length ? members : null;
    }

    private static string? NameOf(JsonProperty member)
    {
        try
        {
            return Array.Find(Members, name => member.NameEquals(name));
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair.
            return null;
        }
    }

    private static string? Text(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.String) return null;
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair.
            return null;
        }
    }

    private static long? Thousandths(JsonElement json) =>
        json.ValueKind == JsonValueKind.Number && json.TryGetDecimal(out var value) && Math.Abs(value) <= MostValue
            && value * 1_000m is var thousandths && decimal.Truncate(thousandths) == thousandths
            ? (long)thousandths
            : null;

    private static DateTimeOffset? Instant(JsonElement json) =>
        Text(json) is { Length: > 6 } text && (text[^1] == 'Z' || text[^6] is '+' or '-')
            && DateTimeOffset.TryParseExact(
                text, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            && instant >= DateTimeOffset.UnixEpoch
            ? instant.ToUniversalTime()
            : null;
}
