using System.Buffers.Text;
using System.Text;
using Isobar.Domain;

namespace Isobar.Stations;

/// <summary>
/// Where a page of stations ended. Clients get it as opaque text. What they send back is checked; a made-up one can
/// only begin a page elsewhere in the same list.
/// </summary>
public sealed class StationsCursor
{
    private const int CountryDigits = 2;

    // Sorts after every station of a country.
    private const char End = '~';

    private StationsCursor(string position) => Position = position;

    /// <summary>The country of the last station of the page before.</summary>
    public string Country => Position[..CountryDigits];

    /// <summary>The id of the last station of the page before; or the country, if all of its stations were.</summary>
    internal string Position { get; }

    internal static StationsCursor After(string station) => new(station);

    internal static StationsCursor AfterCountry(string country) => new(country + End);

    /// <returns>Null if no page ended with it.</returns>
    public static StationsCursor? TryParse(string text)
    {
        if (text.Length is 0 or > 2 * StationId.Length || !Base64Url.IsValid(text)) return null;
        var position = Base64Url.DecodeFromChars(text);
        var isStation = StationId.IsValid(position);
        var isCountry = position.Length == CountryDigits + 1 && position[^1] == End
            // Two characters of which a station's id could be made.
            && StationId.IsValid([.. position.AsSpan(0, CountryDigits), .. "000000000"u8]);
        var cursor = new StationsCursor(Encoding.ASCII.GetString(position));
        // Written again it must be the same: one cursor has one text.
        return (isStation || isCountry) && cursor.ToString() == text ? cursor : null;
    }

    public override string ToString() => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(Position));
}
