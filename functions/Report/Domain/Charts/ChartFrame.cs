using System.Globalization;
using System.Xml.Linq;

namespace Isobar.Report;

/// <summary>What all charts have: title and description for those who do not see them, grid, labels.</summary>
/// <remarks>
/// Colours and strokes are the site's style sheet's, so that charts follow its dark mode; the site's content security
/// policy forbids styles inside of a page.
/// </remarks>
internal static class ChartFrame
{
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>The chart with these marks in it.</summary>
    /// <param name="id">Unique in the page with the size's name behind it.</param>
    /// <param name="title">What the chart shows.</param>
    /// <param name="description">What a reader would see in it.</param>
    public static XElement Draw(
        string id, string title, string description, ChartSize size, Decade decade, ValueAxis axis,
        Func<Plot, IEnumerable<XElement>> marks)
    {
        var (titleId, descriptionId) = ($"{id}-{size.Name}-title", $"{id}-{size.Name}-description");
        var plot = new Plot(size, axis);
        return new XElement(
            Svg + "svg",
            new XAttribute("class", $"chart {size.Name}"),
            new XAttribute("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {size.Width} {size.Height}")),
            new XAttribute("role", "img"),
            new XAttribute("aria-labelledby", $"{titleId} {descriptionId}"),
            new XElement(Svg + "title", new XAttribute("id", titleId), Markup.Readable(title)),
            new XElement(Svg + "desc", new XAttribute("id", descriptionId), Markup.Readable(description)),
            Values(plot, axis),
            Years(plot, size, decade),
            marks(plot));
    }

    /// <summary>A line from one point to another.</summary>
    public static XElement Line(string kind, decimal x1, decimal y1, decimal x2, decimal y2) => new(
        Svg + "line",
        new XAttribute("class", kind),
        new XAttribute("x1", Plot.Text(x1)), new XAttribute("y1", Plot.Text(y1)),
        new XAttribute("x2", Plot.Text(x2)), new XAttribute("y2", Plot.Text(y2)));

    private static IEnumerable<XElement> Values(Plot plot, ValueAxis axis)
    {
        foreach (var tick in axis.Ticks)
        {
            var y = plot.Y(tick);
            yield return Line(tick == 0 ? "grid zero" : "grid", plot.Edges.Left, y, plot.Edges.Right, y);
            yield return Label("value", plot.Edges.Left - 8, y + 4, Wording.Plain(tick));
        }
    }

    private static IEnumerable<XElement> Years(Plot plot, ChartSize size, Decade decade)
    {
        for (var year = 0; year < 10; year += size.YearsALabel)
        {
            var x = plot.X(year * 12);
            yield return Line("grid", x, ChartSize.Top, x, size.Height - ChartSize.Bottom);
            yield return Label(
                "year", x + plot.MonthWidth * 6, size.Height - ChartSize.Bottom + 20,
                (decade.FirstYear + year).ToString(CultureInfo.InvariantCulture));
        }
    }

    private static XElement Label(string kind, decimal x, decimal y, string text) => new(
        Svg + "text",
        new XAttribute("class", kind),
        new XAttribute("x", Plot.Text(x)), new XAttribute("y", Plot.Text(y)),
        new XAttribute("text-anchor", kind == "value" ? "end" : "middle"),
        text);
}
