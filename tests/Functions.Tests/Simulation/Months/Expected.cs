using Isobar.Domain;
using Isobar.Functions.Tests.Domain;
using Isobar.Stations;

namespace Isobar.Functions.Tests.Simulation.Months;

/// <summary>A month that is served, in a form that compares by value.</summary>
internal sealed record Served(string SourceKey, string VersionId, long Accepted, string Elements, MonthSummary Summary)
{
    private static readonly Dictionary<string, long> None = [];

    public static Served Of(ServedMonth month) =>
        Of(month.SourceKey, month.VersionId, month.Accepted, month.Summary);

    public static Served Of(string sourceKey, string versionId, long accepted, MonthSummary month) => new(
        sourceKey, versionId, accepted,
        string.Join(' ', month.Elements.OrderBy(pair => pair.Key, StringComparer.Ordinal)),
        month with { Elements = None });
}

/// <summary>A version of a file, and its months straight from its rows, told independently of the domain.</summary>
internal sealed class VersionOfMonths(LandedFile file)
{
    private readonly IReadOnlyList<MonthSummary> months = NaiveMonths.Of(file.Content.Rows);

    public LandedFile File => file;

    public SourceVersion Version { get; } = new(file.Landing.Source, file.Job);

    public IReadOnlySet<string> Stations => months.Select(month => month.Station).ToHashSet();

    /// <summary>What readers are to see when these versions are current, one of each file.</summary>
    public static IReadOnlyList<Served> Serve(IEnumerable<VersionOfMonths> current, string station) =>
    [
        .. from version in current
           from month in version.months
           where month.Station == station
           let key = $"{version.Version.Object.Bucket}/{version.Version.Object.Key}"
           group Served.Of(key, version.Version.Object.VersionId, month.Elements.Values.Sum(), month)
               by month.Month into candidates
           orderby candidates.Key
           select candidates.OrderByDescending(month => month.Accepted)
               .ThenBy(month => month.SourceKey, StringComparer.Ordinal).First(),
    ];
}
