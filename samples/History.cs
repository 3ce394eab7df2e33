using System.Text;

namespace Isobar.Samples;

/// <summary>One station's full history, as long as the longest real ones; too large to be committed.</summary>
public static class History
{
    /// <summary>As many rows as the longest real file has, about 13 MB.</summary>
    public const int Rows = 390_000;

    /// <summary>The station of the history.</summary>
    public static string Station => Climate.Observatory.Station;

    /// <summary>Writes a header and exactly <paramref name="rows"/> rows, from 1790 on.</summary>
    /// <param name="rows">At most 800,000: then the calendar of the format ends.</param>
    /// <returns>What is in the file.</returns>
    public static Expectation Write(Stream destination, int rows = Rows)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, 800_000);
        var dice = new Dice(9);
        var weather = new Weather(Climate.Observatory, dice);
        var readings = new List<DayValue>();
        var flagged = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var missing = 0;
        using var writer = new StreamWriter(destination, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
        writer.NewLine = "\n";
        writer.WriteLine(Samples.Rows.Header);
        var written = 0;
        for (var date = new DateOnly(1790, 1, 1); written < rows; date = date.AddDays(1))
        {
            weather.Next(date, readings);
            foreach (var (element, value) in readings.Take(rows - written))
            {
                var quality = dice.PerMille(4) ? Samples.Rows.QualityFlags[dice.Below(4)].ToString() : "";
                var lost = quality.Length == 0 && dice.PerMille(3);
                writer.WriteLine(Samples.Rows.Of(
                    Station, date, element, lost ? Samples.Rows.Missing : value, quality: quality));
                if (quality.Length > 0) flagged[quality] = flagged.GetValueOrDefault(quality) + 1;
                if (lost) missing++;
                written++;
            }
        }

        var accepted = rows - missing - flagged.Values.Sum();
        return new($"{Station}.csv", rows + 1, rows, accepted, flagged, missing, [], null);
    }
}
