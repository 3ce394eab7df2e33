using System.Text;
using System.Xml.Linq;
using Isobar.Domain;

namespace Isobar.Report;

/// <summary>
/// The temperatures of a decade: the mean of the daily maxima and that of the daily minima as two lines, which have
/// gaps where a month has none, and a thin line a month from the lowest to the highest temperature.
/// </summary>
internal static class TemperatureChart
{
    /// <param name="months">Of this decade, each once, in their order.</param>
    /// <returns>Null if no month has a temperature.</returns>
    public static XElement? Draw(
        string station, Decade decade, IReadOnlyList<MonthSummary> months, ChartSize size)
    {
        var values = months.SelectMany(Values).ToArray();
        if (values.Length == 0) return null;
        return ChartFrame.Draw(
            "temperature", $"Monthly temperatures at {station}, {decade.Years}, in \u00B0C", Description(months), size,
            decade, ValueAxis.Over(values.Min(), values.Max(), size.MostSteps),
            plot => Ranges(plot, decade, months)
                .Append(Means("minima", plot, decade, months, month => month.MeanTmin))
                .Append(Means("maxima", plot, decade, months, month => month.MeanTmax)));
    }

    private static IEnumerable<decimal> Values(MonthSummary month) =>
        new[] { month.MeanTmax, month.MeanTmin, month.HighestTmax, month.LowestTmin }.OfType<decimal>();

    private static string Description(IReadOnlyList<MonthSummary> months)
    {
        var maxima = Span(months, month => month.MeanTmax);
        var minima = Span(months, month => month.MeanTmin);
        return string.Join(' ', new[]
        {
            maxima is null ? null : $"The mean of the daily maxima goes from {maxima}.",
            minima is null ? null : $"The mean of the daily minima goes from {minima}.",
            "The table below has every value.",
        }.OfType<string>());
    }

    // The first of equal ones.
    private static string? Span(IReadOnlyList<MonthSummary> months, Func<MonthSummary, decimal?> value)
    {
        var known = months.Where(month => value(month) is not null).ToArray();
        if (known.Length == 0) return null;
        var (least, greatest) = (known.MinBy(value)!, known.MaxBy(value)!);
        return $"{Wording.Tenths(value(least)!.Value)} \u00B0C in {Wording.Month(least.Month)} to "
            + $"{Wording.Tenths(value(greatest)!.Value)} \u00B0C in {Wording.Month(greatest.Month)}";
    }

    private static IEnumerable<XElement> Ranges(Plot plot, Decade decade, IReadOnlyList<MonthSummary> months)
    {
        foreach (var month in months)
        {
            var x = plot.Middle(decade.IndexOf(month.Month));
            if ((month.LowestTmin ?? month.HighestTmax) is { } lowest
                && (month.HighestTmax ?? month.LowestTmin) is { } highest)
                yield return ChartFrame.Line("range", x, plot.Y(lowest), x, plot.Y(highest));
        }
    }

    // A month between two gaps is a line of no length, which round ends make a dot.
    private static XElement Means(
        string kind, Plot plot, Decade decade, IReadOnlyList<MonthSummary> months, Func<MonthSummary, decimal?> value)
    {
        var path = new StringBuilder();
        var before = -2;
        foreach (var month in months)
        {
            if (value(month) is not { } mean) continue;
            var index = decade.IndexOf(month.Month);
            var point = $"{Plot.Text(plot.Middle(index))} {Plot.Text(plot.Y(mean))}";
            path.Append(index == before + 1 ? $"L{point}" : $"M{point}h0");
            before = index;
        }

        return new XElement(
            ChartFrame.Svg + "path", new XAttribute("class", kind), new XAttribute("fill", "none"),
            new XAttribute("d", path.ToString()));
    }
}
