using Isobar.Domain;

namespace Isobar.Stations;

/// <summary>What one version of a source contributes to a year of a station.</summary>
/// <param name="Station">11 characters.</param>
/// <param name="Year">1700 to 2199.</param>
/// <param name="Months">1 to 12, ordered.</param>
public sealed record StationYear(string Station, int Year, IReadOnlyList<MonthPartial> Months)
{
    /// <summary>Divides months, ordered by station and month, into years.</summary>
    public static IEnumerable<StationYear> Divide(IEnumerable<MonthPartial> months)
    {
        var year = new List<MonthPartial>();
        foreach (var month in months)
        {
            if (year.Count > 0 && (year[0].Station != month.Station || YearOf(year[0]) != YearOf(month)))
            {
                yield return Of(year);
                year = [];
            }

            year.Add(month);
        }

        if (year.Count > 0) yield return Of(year);
    }

    /// <summary>Accepted rows of a month, whatever their element.</summary>
    public static long AcceptedOf(MonthPartial month) => month.Elements.Values.Sum();

    private static StationYear Of(List<MonthPartial> months) => new(months[0].Station, YearOf(months[0]), months);

    private static int YearOf(MonthPartial month) =>
        int.Parse(month.Month.AsSpan(0, 4), System.Globalization.CultureInfo.InvariantCulture);
}
