namespace Isobar.Domain;

/// <summary>
/// What some accepted rows contribute to one month of one station: one line of a partials file. Integers in the
/// file's units, so that any order of merging gives the same numbers.
/// </summary>
/// <param name="Station">11 characters.</param>
/// <param name="Month"><c>yyyy-MM</c>.</param>
/// <param name="Days">Bit 0 is the 1st: the days with an accepted row of any element.</param>
/// <param name="TmaxSum">Sum of TMAX, 0.1 °C.</param>
/// <param name="TminSum">Sum of TMIN, 0.1 °C.</param>
/// <param name="PrcpSum">Sum of PRCP, 0.1 mm.</param>
/// <param name="WetDays">Like <paramref name="Days"/>: days with a PRCP of at least 1.0 mm.</param>
/// <param name="SnowSum">Sum of SNOW, mm.</param>
/// <param name="Elements">Accepted rows an element, in ordinal order.</param>
/// <param name="TmaxHighest">Highest TMAX, 0.1 °C; null without any.</param>
/// <param name="TminLowest">Lowest TMIN, 0.1 °C; null without any.</param>
/// <param name="SnwdLargest">Largest SNWD, mm; null without any.</param>
public sealed record MonthPartial(
    string Station,
    string Month,
    int Days,
    long TmaxSum,
    long TminSum,
    long PrcpSum,
    int WetDays,
    long SnowSum,
    OrderedDictionary<string, long> Elements,
    int? TmaxHighest = null,
    int? TminLowest = null,
    int? SnwdLargest = null);
