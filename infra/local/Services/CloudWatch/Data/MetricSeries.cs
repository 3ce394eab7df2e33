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
    public void Add(DateTimeOffset time, bool isHighResolution, Action<Distribution> add)
    {
        var second = time.ToUnixTimeSeconds();
        AddTo(minutes, second - (second % 60), add);
        if (isHighResolution) AddTo(seconds, second, add);
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

    private void AddTo(SortedList<long, Distribution> target, long key, Action<Distribution> add)
    {
        if (!target.TryGetValue(key, out var found)) target.Add(key, found = new Distribution());
        var before = found.Kept;
        add(found);
        Kept += found.Kept - before;
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
