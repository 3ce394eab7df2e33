namespace Isobar.Local.Services.CloudWatch.Data;

/// <summary>The data of one metric in one unit: a distribution for each minute, and for recent seconds.</summary>
internal sealed class MetricSeries(string unit)
{
    private readonly SortedList<long, Distribution> minutes = [];
    private readonly SortedList<long, Distribution> seconds = [];

    public string Unit => unit;

    /// <summary>Values kept, over all periods.</summary>
    public int Kept { get; private set; }

    public bool IsEmpty => minutes.Count == 0;

    /// <summary>The newest minute that has data, in seconds since 1970; the series is not empty.</summary>
    public long Newest => minutes.Keys[^1];

    /// <summary>The minutes that have data, oldest first.</summary>
    public IEnumerable<long> Minutes => minutes.Keys;

    /// <param name="isHighResolution">Whether the datum's second is kept, too.</param>
    public void Add(DateTimeOffset time, bool isHighResolution, double value)
    {
        var second = time.ToUnixTimeSeconds();
        AddTo(minutes, second - (second % 60), value);
        if (isHighResolution) AddTo(seconds, second, value);
    }

    /// <inheritdoc cref="Add(DateTimeOffset, bool, double)"/>
    public void Add(DateTimeOffset time, bool isHighResolution, DatumValues values)
    {
        var second = time.ToUnixTimeSeconds();
        AddTo(minutes, second - (second % 60), values);
        if (isHighResolution) AddTo(seconds, second, values);
    }

    /// <summary>Adds this series' values in a span of time to periods, which are keyed by their start.</summary>
    /// <param name="start">In seconds since 1970; a multiple of the period.</param>
    /// <param name="end">Not included.</param>
    public void AddTo(SortedList<long, Distribution> periods, long start, long end, int period)
    {
        var source = period < 60 ? seconds : minutes;
        for (var i = First(source, start); i < source.Count && source.Keys[i] < end; i++)
        {
            var key = source.Keys[i] - (source.Keys[i] % period);
            if (!periods.TryGetValue(key, out var found)) periods.Add(key, found = new Distribution());
            found.Add(source.Values[i]);
        }
    }

    /// <summary>Drops what is older than these instants, in seconds since 1970.</summary>
    public void Drop(long minutesBefore, long secondsBefore)
    {
        DropFrom(minutes, minutesBefore);
        DropFrom(seconds, secondsBefore);
    }

    private void AddTo(SortedList<long, Distribution> target, long key, double value)
    {
        var period = PeriodOf(target, key);
        var before = period.Kept;
        period.Add(value);
        Kept += period.Kept - before;
    }

    private void AddTo(SortedList<long, Distribution> target, long key, DatumValues values)
    {
        var period = PeriodOf(target, key);
        var before = period.Kept;
        values.AddTo(period);
        Kept += period.Kept - before;
    }

    // Nearly every value belongs to the newest period.
    private static Distribution PeriodOf(SortedList<long, Distribution> target, long key)
    {
        var last = target.Count - 1;
        if (last >= 0 && target.GetKeyAtIndex(last) == key) return target.GetValueAtIndex(last);
        if (!target.TryGetValue(key, out var found)) target.Add(key, found = new Distribution());
        return found;
    }

    private void DropFrom(SortedList<long, Distribution> source, long before)
    {
        var many = First(source, before);
        for (var i = many - 1; i >= 0; i--)
        {
            Kept -= source.Values[i].Kept;
            source.RemoveAt(i);
        }
    }

    private static int First(SortedList<long, Distribution> source, long key)
    {
        var (low, high) = (0, source.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (source.Keys[middle] < key) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
