using System.Xml.Linq;
using static Isobar.Report.Markup;

namespace Isobar.Report;

/// <summary>What all pages of stations have around their content.</summary>
internal static class PageFrame
{
    private static readonly (string Address, string Text)[] Top =
        [("/", "Isobar"), ($"/{SitePaths.Countries}", "Stations")];

    /// <param name="title">The page's heading.</param>
    /// <param name="way">Links that lead to the page, behind those to the home page and the countries.</param>
    /// <param name="lead">A sentence below the heading.</param>
    /// <param name="hasScript">Whether the page has something that a script can add.</param>
    public static byte[] Write(
        string title, IEnumerable<(string Address, string Text)> way, string lead, bool hasScript,
        params object?[] content) => Page(El(
        "html", Attribute("lang", "en"),
        El("head",
            El("meta", Attribute("charset", "utf-8")),
            El("meta", Attribute("name", "viewport"), Attribute("content", "width=device-width, initial-scale=1")),
            El("title", $"{title} \u00B7 Isobar"),
            El("link", Attribute("rel", "icon"), Attribute("href", "data:,")),
            El("link", Attribute("rel", "stylesheet"), Attribute("href", "/site.css")),
            El("link", Attribute("rel", "stylesheet"), Attribute("href", "/stations.css"))),
        El("body",
            El("a", Class("skip"), Attribute("href", "#content"), "Skip to the content"),
            El("header", Class("wrap top"),
                El("nav", Attribute("aria-label", "You are here"),
                    El("ol", Top.Concat(way).Select(link => El("li", Link(link.Address, link.Text))))),
                El("h1", title),
                El("p", lead)),
            El("main", Class("wrap"), Attribute("id", "content"), Attribute("tabindex", "-1"), content),
            El("footer", Class("wrap"),
                "Made of files of NOAA\u2019s GHCN-Daily format; only rows that passed every check count. ",
                Link("/", "The files"), " \u00B7 ", Link("/jobs.html", "The newest jobs")),
            hasScript ? El("script", Attribute("type", "module"), Attribute("src", "/stations.js")) : null)));

    /// <summary>A part of the page with a heading.</summary>
    public static XElement Section(string id, string heading, params object?[] content) => El(
        "section", Attribute("id", id), Attribute("aria-labelledby", $"{id}-heading"),
        El("h2", Attribute("id", $"{id}-heading"), heading), content);
}
