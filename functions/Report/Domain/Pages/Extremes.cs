using System.Xml.Linq;
using Isobar.Domain;
using static Isobar.Report.Markup;

namespace Isobar.Report;

/// <summary>The records of some months, each with its month: of equal ones, the earliest.</summary>
internal static class Extremes
{
    /// <returns>Null if no month has a value.</returns>
    public static XElement? List(IReadOnlyList<MonthSummary> months)
    {
        var records = new[]
        {
            Greatest("Highest temperature", "\u00B0C", months, month => month.HighestTmax),
            Least("Lowest temperature", "\u00B0C", months, month => month.LowestTmin),
            Greatest("Warmest days, mean of a month", "\u00B0C", months, month => month.MeanTmax),
            Least("Coldest nights, mean of a month", "\u00B0C", months, month => month.MeanTmin),
            Greatest("Most precipitation in a month", "mm", months, month => month.TotalPrcp),
            Greatest("Most snowfall in a month", "mm", months, month => month.TotalSnow),
            Greatest("Deepest snow", "mm", months, month => month.LargestSnwd),
        }.OfType<XElement>().ToArray();
        return records.Length == 0 ? null : El("dl", Class("records"), records);
    }

    private static XElement? Greatest(
        string name, string unit, IReadOnlyList<MonthSummary> months, Func<MonthSummary, decimal?> value) =>
        Record(name, unit, months.Where(month => value(month) is not null).MaxBy(value), value);

    private static XElement? Least(
        string name, string unit, IReadOnlyList<MonthSummary> months, Func<MonthSummary, decimal?> value) =>
        Record(name, unit, months.Where(month => value(month) is not null).MinBy(value), value);

    private static XElement? Record(
        string name, string unit, MonthSummary? month, Func<MonthSummary, decimal?> value) => month is null
        ? null
        : El("div",
            El("dt", name),
            El("dd", El("strong", $"{Wording.Plain(value(month)!.Value)} {unit}"), $" {Wording.Month(month.Month)}"));
}
