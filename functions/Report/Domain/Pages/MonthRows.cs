using System.Xml.Linq;
using Isobar.Domain;
using static Isobar.Report.Markup;

namespace Isobar.Report;

/// <summary>The table of a decade: a row for each month that has data, with every value of the charts.</summary>
internal static class MonthRows
{
    private const string None = "\u2013";

    private static readonly string[] Columns =
    [
        "Days with data", "Highest, \u00B0C", "Mean maximum, \u00B0C", "Mean minimum, \u00B0C", "Lowest, \u00B0C",
        "Precipitation, mm", "Days of 1 mm or more", "Snowfall, mm", "Deepest snow, mm",
    ];

    /// <param name="months">Each once, in their order.</param>
    public static XElement Table(string station, Decade decade, IReadOnlyList<MonthSummary> months) => El(
        "div", Class("scroll"), Attribute("role", "region"), Attribute("tabindex", "0"),
        Attribute("aria-labelledby", "months-caption"),
        El("table",
            El("caption", Attribute("id", "months-caption"), $"{station}, month by month, {decade.Years}"),
            El("thead", El("tr", Columns.Prepend("Month").Select(column => El("th", Scope("col"), column)))),
            // A body for each year, which the links to the years lead to.
            months.GroupBy(month => month.Month[..4]).Select(year => El(
                "tbody", Attribute("id", IdOf(year.Key)), year.Select(Row)))));

    /// <summary>The id of a year's rows.</summary>
    public static string IdOf(string year) => $"y{year}";

    private static XElement Row(MonthSummary month) => El(
        "tr", El("th", Scope("row"), Wording.Month(month.Month)),
        Cells(month).Select(cell => El("td", cell)));

    private static IEnumerable<string> Cells(MonthSummary month) =>
    [
        Wording.Whole(month.DaysWithData), Tenths(month.HighestTmax), Tenths(month.MeanTmax), Tenths(month.MeanTmin),
        Tenths(month.LowestTmin), Tenths(month.TotalPrcp),
        month.TotalPrcp is null ? None : Wording.Whole(month.WetDays), Whole(month.TotalSnow), Whole(month.LargestSnwd),
    ];

    private static string Tenths(decimal? value) => value is { } known ? Wording.Tenths(known) : None;

    private static string Whole(long? value) => value is { } known ? Wording.Whole(known) : None;

    private static XAttribute Scope(string of) => Attribute("scope", of);
}
