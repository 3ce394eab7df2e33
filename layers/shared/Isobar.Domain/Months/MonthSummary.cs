using System.Numerics;

namespace Isobar.Domain;

/// <summary>A month of a station as people read it.</summary>
/// <param name="Station">11 characters.</param>
/// <param name="Month"><c>yyyy-MM</c>.</param>
/// <param name="DaysWithData">Days with an accepted row of any element.</param>
/// <param name="MeanTmax">°C, one decimal, half to even; null without TMAX.</param>
/// <param name="HighestTmax">°C.</param>
/// <param name="MeanTmin">°C, one decimal, half to even; null without TMIN.</param>
/// <param name="LowestTmin">°C.</param>
/// <param name="TotalPrcp">mm; null without PRCP.</param>
/// <param name="WetDays">Days with at least 1.0 mm.</param>
/// <param name="TotalSnow">mm; null without SNOW.</param>
/// <param name="LargestSnwd">mm; null without SNWD.</param>
/// <param name="Elements">Accepted rows an element.</param>
public sealed record MonthSummary(
    string Station,
    string Month,
    int DaysWithData,
    decimal? MeanTmax,
    decimal? HighestTmax,
    decimal? MeanTmin,
    decimal? LowestTmin,
    decimal? TotalPrcp,
    int WetDays,
    long? TotalSnow,
    int? LargestSnwd,
    IReadOnlyDictionary<string, long> Elements)
{
    /// <summary>Rounds once, from the completely merged month.</summary>
    public static MonthSummary From(MonthPartial month) => new(
        month.Station,
        month.Month,
        BitOperations.PopCount((uint)month.Days),
        Mean(month.TmaxSum, CountOf(month, "TMAX")),
        Tenths(month.TmaxHighest),
        Mean(month.TminSum, CountOf(month, "TMIN")),
        Tenths(month.TminLowest),
        CountOf(month, "PRCP") > 0 ? Tenths(month.PrcpSum) : null,
        BitOperations.PopCount((uint)month.WetDays),
        CountOf(month, "SNOW") > 0 ? month.SnowSum : null,
        month.SnwdLargest,
        month.Elements);

    private static long CountOf(MonthPartial month, string element) => month.Elements.GetValueOrDefault(element);

    /// <summary>The mean of tenths, in whole tenths, half to even, in integers throughout.</summary>
    private static decimal? Mean(long sum, long count)
    {
        if (count == 0) return null;
        var (quotient, remainder) = Math.DivRem(sum, count);
        var twice = 2 * Math.Abs(remainder);
        if (twice > count || (twice == count && quotient % 2 != 0)) quotient += Math.Sign(sum);
        return Tenths(quotient);
    }

    // Scale 1 whatever the digits: 7 tenths of ten are 7.0, not 7.
    private static decimal? Tenths(long? tenths) =>
        tenths is { } value ? new decimal(value) * 0.1m : null;
}
