using System.Xml.Linq;
using Isobar.Domain;
using static Isobar.Report.Markup;

namespace Isobar.Report;

/// <summary>
/// All pages of a station: its own page with the newest decade, and one for each earlier decade. Equal months and files
/// give equal bytes. Only the station's own page says which files they are, so that a new version of a file rewrites
/// only the decades whose months it changes.
/// </summary>
public static class StationPages
{
    /// <param name="months">Each once, in their order.</param>
    /// <param name="files">The files that serve them.</param>
    /// <returns>The station's own page is the last: when it is there, all that it links to is.</returns>
    public static IReadOnlyList<SiteFile> Write(
        Station station, IReadOnlyList<MonthSummary> months, IReadOnlyList<SourceFile> files)
    {
        if (months.Count == 0) return [Empty(station)];
        var byDecade = months.GroupBy(month => Decade.Of(month.Month)).OrderBy(group => group.Key).ToArray();
        var decades = byDecade.Select(group => group.Key).ToArray();
        var earlier = byDecade[..^1].Select(group => new SiteFile(
            SitePaths.DecadeOf(station.Id, group.Key),
            Frame(station, group.Key, decades, isNewest: false, Content(
                station, group.Key, [.. group], Records($"Records of {group.Key.Years}", [.. group])))));
        var newest = new SiteFile(
            SitePaths.Station(station.Id),
            Frame(station, decades[^1], decades, isNewest: true, Content(
                station, decades[^1], [.. byDecade[^1]], Records("Records of all years", months))
                .Append(PageFrame.Section("provenance", "Where this comes from", Provenance.Table(files)))));
        return [.. earlier, newest];
    }

    private static byte[] Frame(
        Station station, Decade decade, Decade[] decades, bool isNewest, IEnumerable<XElement?> content) =>
        PageFrame.Write(
            isNewest ? station.Title : $"{station.Title}, {decade.Years}", Way(station, isNewest), Lead(station),
            hasScript: isNewest,
            isNewest ? Live(station) : null, Decades(station, decade, decades), content);

    private static SiteFile Empty(Station station) => new(
        SitePaths.Station(station.Id),
        PageFrame.Write(
            station.Title, Way(station, isNewest: true), Lead(station), hasScript: true, Live(station),
            El("p", Class("notice"), "No file has data of this station now.")));

    private static IEnumerable<(string, string)> Way(Station station, bool isNewest)
    {
        yield return ($"/{SitePaths.List(station.Country)}", station.Country);
        if (!isNewest) yield return ($"/{SitePaths.Station(station.Id)}", station.Title);
    }

    private static string Lead(Station station) => $"Station {station.Id}, country code {station.Country}.";

    // A script shows it and fills it in; without one, or without a reading, it stays hidden.
    private static XElement Live(Station station) => El(
        "section", Attribute("id", "live"), Class("live"), Attribute("hidden", ""),
        Attribute("aria-labelledby", "live-heading"),
        Attribute("data-live", $"/{SitePaths.Folder(station.Id)}live"),
        El("h2", Attribute("id", "live-heading"), "The latest reading"), El("dl", Class("records")));

    private static XElement Decades(Station station, Decade shown, Decade[] decades) => El(
        "nav", Class("decades"), Attribute("aria-label", "Years"),
        El("ul", decades.Reverse().Select(decade => El("li", El(
            "a", Attribute("href", "/" + (decade == decades[^1]
                ? SitePaths.Station(station.Id)
                : SitePaths.DecadeOf(station.Id, decade))),
            decade == shown ? Attribute("aria-current", "page") : null, decade.Years)))));

    private static IEnumerable<XElement?> Content(
        Station station, Decade decade, IReadOnlyList<MonthSummary> months, XElement? records)
    {
        yield return Chart(
            "temperature", "Temperature",
            "Upper line: mean of the daily maxima. Dashed line: mean of the daily minima. Thin lines: from the lowest "
            + "to the highest temperature of a month. In \u00B0C.",
            "No temperatures were accepted in these years.",
            size => TemperatureChart.Draw(station.Title, decade, months, size));
        yield return Chart(
            "precipitation", "Precipitation", "The total of each month, in mm.",
            "No precipitation was accepted in these years.",
            size => PrecipitationChart.Draw(station.Title, decade, months, size));
        yield return records;
        yield return PageFrame.Section("months", "Month by month", Years(months),
            MonthRows.Table(station.Title, decade, months));
    }

    private static XElement Chart(
        string id, string heading, string caption, string without, Func<ChartSize, XElement?> draw) =>
        draw(ChartSize.Wide) is { } wide
            ? PageFrame.Section(id, heading, El(
                "figure", wide, draw(ChartSize.Small), El("figcaption", caption)))
            : PageFrame.Section(id, heading, El("p", without));

    private static XElement Years(IReadOnlyList<MonthSummary> months) => El(
        "nav", Class("years"), Attribute("aria-label", "Years of the table"),
        El("ul", months.Select(month => month.Month[..4]).Distinct()
            .Select(year => El("li", Link($"#{MonthRows.IdOf(year)}", year)))));

    private static XElement? Records(string heading, IReadOnlyList<MonthSummary> months) =>
        Extremes.List(months) is { } list ? PageFrame.Section("records", heading, list) : null;
}
