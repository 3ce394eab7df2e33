using System.Xml.Linq;
using Isobar.Domain;

namespace Isobar.Report;

/// <summary>The precipitation of a decade: a bar for each month that has a total.</summary>
internal static class PrecipitationChart
{
    /// <param name="months">Of this decade, each once, in their order.</param>
    /// <returns>Null if no month has a total.</returns>
    public static XElement? Draw(
        string station, Decade decade, IReadOnlyList<MonthSummary> months, ChartSize size)
    {
        var totals = months.Where(month => month.TotalPrcp is not null).ToArray();
        if (totals.Length == 0) return null;
        // A file may hold negative amounts.
        var least = Math.Min(0, totals.Min(month => month.TotalPrcp!.Value));
        var greatest = Math.Max(0, totals.Max(month => month.TotalPrcp!.Value));
        return ChartFrame.Draw(
            "precipitation", $"Monthly precipitation at {station}, {decade.Years}, in mm", Description(totals), size,
            decade, ValueAxis.Over(least, greatest, size.MostSteps),
            plot => totals.Select(month => Bar(plot, decade.IndexOf(month.Month), month.TotalPrcp!.Value)));
    }

    private static string Description(IReadOnlyList<MonthSummary> totals)
    {
        var most = totals.MaxBy(month => month.TotalPrcp)!;
        return $"The wettest month is {Wording.Month(most.Month)} with {Wording.Tenths(most.TotalPrcp!.Value)} mm; "
            + $"{Wording.Count(totals.Count, "month has", "months have")} a total. The table below has every value.";
    }

    private static XElement Bar(Plot plot, int month, decimal total)
    {
        var (zero, end) = (plot.Y(0), plot.Y(total));
        // A fifth of a month on either side is left free.
        return new XElement(
            ChartFrame.Svg + "rect",
            new XAttribute("class", "amount"),
            new XAttribute("x", Plot.Text(plot.X(month) + plot.MonthWidth / 5)),
            new XAttribute("y", Plot.Text(Math.Min(zero, end))),
            new XAttribute("width", Plot.Text(plot.MonthWidth * 3 / 5)),
            new XAttribute("height", Plot.Text(Math.Abs(zero - end))));
    }
}
