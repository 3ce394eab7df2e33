using Isobar.Domain;

namespace Isobar.Functions.Tests.Domain;

/// <summary>Month summaries straight from the definition, with LINQ over the accepted rows of a whole file.</summary>
internal static class NaiveMonths
{
    public static List<MonthSummary> Of(IEnumerable<NaiveRow> rows) =>
    [
        .. from row in rows
           where row.Outcome == "accepted"
           let date = row.Fields[1]
           group (Day: date[6..], Element: row.Fields[2], Value: int.Parse(row.Fields[3]))
               by (Station: row.Fields[0], Month: date[..4] + "-" + date[4..6]) into month
           orderby month.Key.Station + month.Key.Month
           select Summarise(month.Key.Station, month.Key.Month, [.. month]),
    ];

    private static MonthSummary Summarise(string station, string month, (string Day, string Element, int Value)[] rows)
    {
        int[] Values(string element) => [.. rows.Where(row => row.Element == element).Select(row => row.Value)];
        decimal? Mean(int[] values) => values.Length == 0
            ? null
            : decimal.Round(values.Sum(value => (decimal)value) / values.Length / 10, 1, MidpointRounding.ToEven);

        var (tmax, tmin, prcp) = (Values("TMAX"), Values("TMIN"), Values("PRCP"));
        var (snow, snwd) = (Values("SNOW"), Values("SNWD"));
        return new MonthSummary(
            station, month, rows.Select(row => row.Day).Distinct().Count(),
            Mean(tmax), tmax.Length == 0 ? null : tmax.Max() / 10m,
            Mean(tmin), tmin.Length == 0 ? null : tmin.Min() / 10m,
            prcp.Length == 0 ? null : prcp.Sum(value => (long)value) / 10m,
            rows.Where(row => row is { Element: "PRCP", Value: >= 10 }).Select(row => row.Day).Distinct().Count(),
            snow.Length == 0 ? null : snow.Sum(value => (long)value),
            snwd.Length == 0 ? null : snwd.Max(),
            rows.GroupBy(row => row.Element).ToDictionary(group => group.Key, group => (long)group.Count()));
    }
}
