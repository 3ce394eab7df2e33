using Isobar.Stations;

namespace Isobar.Api;

/// <summary>A page of stations, ordered by their ids.</summary>
/// <param name="Next">The <c>cursor</c> of the next page; absent on the last one.</param>
internal sealed record StationsBody(IReadOnlyList<StationBody> Stations, string? Next);

/// <param name="Country">The first two characters of the id.</param>
internal sealed record StationBody(string Id, string Country);

/// <summary>The months of a station, ordered.</summary>
internal sealed record MonthsBody(string Station, IReadOnlyList<MonthBody> Months);

/// <summary>A month. What is absent was not observed, or not accepted.</summary>
/// <param name="Month"><c>yyyy-MM</c>.</param>
/// <param name="Days">Days with an accepted row of any element.</param>
/// <param name="MeanTmax">°C, like the other temperatures; one decimal, rounded half to even.</param>
/// <param name="TotalPrcp">mm, one decimal.</param>
/// <param name="WetDays">Days with at least 1.0 mm of PRCP.</param>
/// <param name="TotalSnow">mm.</param>
/// <param name="LargestSnwd">mm.</param>
/// <param name="Elements">Accepted rows of each element.</param>
/// <param name="Accepted">Accepted rows of all elements.</param>
internal sealed record MonthBody(
    string Month, int Days, decimal? MeanTmax, decimal? HighestTmax, decimal? MeanTmin, decimal? LowestTmin,
    decimal? TotalPrcp, int WetDays, long? TotalSnow, int? LargestSnwd, IReadOnlyDictionary<string, long> Elements,
    long Accepted, SourceBody Source)
{
    public static MonthBody Of(ServedMonth served)
    {
        var month = served.Summary;
        return new(
            month.Month, month.DaysWithData, month.MeanTmax, month.HighestTmax, month.MeanTmin, month.LowestTmin,
            month.TotalPrcp, month.WetDays, month.TotalSnow, month.LargestSnwd, month.Elements, served.Accepted,
            new SourceBody(served.SourceKey, served.VersionId, served.Job));
    }
}

/// <summary>The file that a month comes from.</summary>
/// <param name="Key">Bucket and key.</param>
internal sealed record SourceBody(string Key, string VersionId, string Job);
