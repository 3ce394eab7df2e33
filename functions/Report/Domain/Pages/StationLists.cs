using Isobar.Domain;
using static Isobar.Report.Markup;

namespace Isobar.Report;

/// <summary>The stations whose ids begin alike, as one page lists them.</summary>
/// <param name="Prefix">What the ids begin with.</param>
/// <param name="Stations">All of them in order, if one page has room for them; else none.</param>
/// <param name="Parts">Else the longer prefixes, in order, that have pages of their own.</param>
public sealed record ListNode(string Prefix, IReadOnlyList<string> Stations, IReadOnlyList<string> Parts);

/// <summary>The pages that list stations.</summary>
public static class StationLists
{
    /// <summary>Stations on a page. The page of more links to pages of parts of them.</summary>
    public const int MaxStations = 250;

    /// <summary>The list of the countries that have stations.</summary>
    /// <param name="countries">Their codes, in order; two characters, so at most 1,444.</param>
    public static SiteFile Countries(IReadOnlyList<string> countries) => new(
        SitePaths.Countries,
        PageFrame.Write(
            "Stations", [], "Weather stations by country. The ids of a country\u2019s stations begin with its code.",
            hasScript: false,
            countries.Count == 0
                ? El("p", Class("notice"), "No station has data yet. The first file that is read appears here.")
                : El("ul", Class("list"), countries.Select(
                    country => El("li", Link($"/{SitePaths.List(country)}", country))))));

    /// <summary>The list of a country or of a part of it.</summary>
    public static SiteFile Of(ListNode node, StationNames names) => new(
        SitePaths.List(node.Prefix),
        PageFrame.Write(
            $"Stations {node.Prefix}\u2026", Way(node.Prefix), $"Stations whose ids begin with {node.Prefix}.",
            hasScript: false,
            El("ul", Class("list"),
                node.Stations.Select(station => El(
                    "li", Link($"/{SitePaths.Station(station)}", names.Of(station) ?? station),
                    names.Of(station) is null ? null : " ", names.Of(station) is null ? null : El("code", station))),
                node.Parts.Select(part => El("li", Link($"/{SitePaths.List(part)}", $"{part}\u2026"))))));

    // To the country: which page a part hangs on depends on which stations there are.
    private static IEnumerable<(string, string)> Way(string prefix) =>
        prefix.Length == SitePaths.CountryCharacters
            ? []
            : [($"/{SitePaths.List(prefix[..SitePaths.CountryCharacters])}", prefix[..SitePaths.CountryCharacters])];
}
