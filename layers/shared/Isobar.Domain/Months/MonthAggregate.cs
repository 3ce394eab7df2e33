namespace Isobar.Domain;

/// <summary>A <see cref="MonthPartial"/> as the table holds it: fixed size, no references.</summary>
internal struct MonthAggregate
{
    public StationId Station;
    public int Year, Month;
    public int Days, WetDays;
    public long TmaxSum, TminSum, PrcpSum, SnowSum;
    public int TmaxHighest, TminLowest, SnwdLargest;

    /// <summary>Index of the first of the month's <see cref="ElementCounts"/>, or −1.</summary>
    public int FirstElement;

    public static MonthAggregate Empty(StationId station, int year, int month) => new()
    {
        Station = station,
        Year = year,
        Month = month,
        TmaxHighest = int.MinValue,
        TminLowest = int.MaxValue,
        SnwdLargest = int.MinValue,
        FirstElement = -1,
    };

    public readonly bool Is(StationId station, int year, int month) =>
        Month == month && Year == year && Station == station;

    public void Observe(in Observation observation)
    {
        var day = 1 << (observation.Day - 1);
        var value = observation.Value;
        Days |= day;
        if (observation.Element == ElementCode.Tmax)
        {
            TmaxSum += value;
            TmaxHighest = Math.Max(TmaxHighest, value);
        }
        else if (observation.Element == ElementCode.Tmin)
        {
            TminSum += value;
            TminLowest = Math.Min(TminLowest, value);
        }
        else if (observation.Element == ElementCode.Prcp)
        {
            PrcpSum += value;
            if (value >= 10) WetDays |= day;
        }
        else if (observation.Element == ElementCode.Snow)
        {
            SnowSum += value;
        }
        else if (observation.Element == ElementCode.Snwd)
        {
            SnwdLargest = Math.Max(SnwdLargest, value);
        }
    }

    public void Merge(MonthPartial other)
    {
        Days |= other.Days;
        WetDays |= other.WetDays;
        TmaxSum += other.TmaxSum;
        TminSum += other.TminSum;
        PrcpSum += other.PrcpSum;
        SnowSum += other.SnowSum;
        TmaxHighest = Math.Max(TmaxHighest, other.TmaxHighest ?? int.MinValue);
        TminLowest = Math.Min(TminLowest, other.TminLowest ?? int.MaxValue);
        SnwdLargest = Math.Max(SnwdLargest, other.SnwdLargest ?? int.MinValue);
    }

    public readonly MonthPartial ToPartial(OrderedDictionary<string, long> elements) => new(
        Station.ToString(), $"{Year:D4}-{Month:D2}", Days,
        TmaxSum, TminSum, PrcpSum, WetDays, SnowSum, elements,
        TmaxHighest == int.MinValue ? null : TmaxHighest,
        TminLowest == int.MaxValue ? null : TminLowest,
        SnwdLargest == int.MinValue ? null : SnwdLargest);
}
