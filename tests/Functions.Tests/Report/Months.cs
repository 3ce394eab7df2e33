using Isobar.Domain;
using Isobar.Stations;

namespace Isobar.Functions.Tests.Report;

/// <summary>Months for pages and charts.</summary>
internal static class Months
{
    /// <summary>A month that has all of its values.</summary>
    public static MonthSummary Of(
        string month, decimal? maximum = 12.5m, decimal? minimum = 3.5m, decimal? precipitation = 40.2m) => new(
        "XIW00000001", month, DaysWithData: 30, maximum, maximum + 8, minimum, minimum - 8, precipitation, WetDays: 9,
        TotalSnow: 0, LargestSnwd: 0, new Dictionary<string, long>());

    /// <summary>All months of some years, with values as long as they can be.</summary>
    public static IReadOnlyList<MonthSummary> Years(int first, int count) =>
    [
        .. from year in Enumerable.Range(first, count)
           from month in Enumerable.Range(1, 12)
           select new MonthSummary(
               "XIW00000001", $"{year:D4}-{month:D2}", 31, -99_999.9m, 99_999.9m, -99_999.8m, -99_999.9m, 999_999.9m,
               31, 9_999_999, 999_999, new Dictionary<string, long>()),
    ];

    public static ServedMonth Served(MonthSummary month, string key = "landing/a.csv", string version = "v1") =>
        new(month, key, version, $"job-{version}", 90);
}
