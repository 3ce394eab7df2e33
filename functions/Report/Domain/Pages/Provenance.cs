using System.Xml.Linq;
using static Isobar.Report.Markup;

namespace Isobar.Report;

/// <summary>Where a station's months come from: files, versions, jobs, and the outcomes of the rows.</summary>
internal static class Provenance
{
    /// <summary>Files that are listed: those that serve the most months.</summary>
    public const int MaxFiles = 100;

    private static readonly string[] Columns =
        ["File", "Version", "Job", "Months", "Accepted", "Flagged", "Missing", "Malformed"];

    public static IEnumerable<XElement> Table(IReadOnlyList<SourceFile> files)
    {
        yield return El("p",
            "A month is served by the file with the most accepted observations of it. The rows are those of the whole "
            + "file, by outcome: accepted, failed a quality check, no value, not readable.");
        yield return El(
            "div", Class("scroll"), Attribute("role", "region"), Attribute("tabindex", "0"),
            Attribute("aria-labelledby", "provenance-heading"),
            El("table",
                El("thead", El("tr", Columns.Select(
                    column => El("th", Attribute("scope", "col"), column == "Accepted" ? "Rows accepted" : column)))),
                El("tbody", Shown(files).Select(Row))));
        if (files.Count > MaxFiles)
            yield return El("p", $"And {Wording.Count(files.Count - MaxFiles, "file", "files")} more.");
    }

    /// <summary>The files that are listed, in their order.</summary>
    public static IEnumerable<SourceFile> Shown(IReadOnlyList<SourceFile> files) => files
        .OrderByDescending(file => file.Months).ThenBy(file => file.Key, StringComparer.Ordinal)
        .ThenBy(file => file.VersionId, StringComparer.Ordinal).Take(MaxFiles);

    private static XElement Row(SourceFile file) => El(
        "tr",
        El("th", Attribute("scope", "row"), Class("name"), file.Key),
        El("td", Class("name"), El("code", file.VersionId)),
        El("td", El("a", Attribute("href", $"/jobs/{Uri.EscapeDataString(file.Job)}"), El("code", Short(file.Job)))),
        El("td", Wording.Whole(file.Months)),
        Counts(file).Select(count => El("td", count)));

    private static IEnumerable<string> Counts(SourceFile file) => file.Counts is { } counts
        ? new[] { counts.Accepted, counts.Flagged, counts.Missing, counts.Malformed }.Select(Wording.Whole)
        : Enumerable.Repeat("expired", 4);

    private static string Short(string job) => job.Length > 10 ? job[..10] : job;
}
