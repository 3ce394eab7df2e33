using System.Globalization;
using System.Text;

namespace Isobar.Domain;

/// <summary>
/// The months that a chunk's accepted rows fall in, or the merged months of many chunks. Merging commutes and
/// associates, and the months come out in order, so any division of a file gives the same bytes.
/// </summary>
public sealed class MonthTable
{
    /// <summary>Stations a table; those of a whole job are not counted.</summary>
    public const int MaxStations = 50_000;

    /// <summary>Station-months a table (about 90 MB): a year of all stations has about 420,000.</summary>
    public const int MaxMonths = 1 << 20;

    /// <summary>
    /// Elements counted in all months of a table (about 64 MB): a year of all stations has 2,500,000.
    /// </summary>
    public const int MaxElementCounts = 1 << 22;

    private readonly Paged<MonthAggregate> months = new();
    private readonly ElementCounts elements = new();
    private readonly HashSet<StationId> stations = [];

    // Open addressing, linear probing; holds index + 1, at most half full.
    private int[] slots = new int[256];

    // Rows of one month usually follow each other.
    private int latest = -1;

    /// <summary>Station-months in the table.</summary>
    public int Count => months.Count;

    /// <summary>The shards that have any month, ascending.</summary>
    public IReadOnlyList<int> Shards => [.. stations.Select(Shard.Of).Distinct().Order()];

    /// <summary>Counts an accepted row.</summary>
    /// <exception cref="InputRefusedException">stations:count, months:count or elements:count.</exception>
    public void Add(in Observation observation)
    {
        if (latest < 0 || !months[latest].Is(observation.Station, observation.Year, observation.Month))
            latest = Find(observation.Station, observation.Year, observation.Month);

        ref var month = ref months[latest];
        month.Observe(observation);
        elements.Add(ref month.FirstElement, observation.Element, 1);
    }

    /// <summary>Merges a month of another table.</summary>
    /// <exception cref="InputRefusedException">stations:count, months:count or elements:count.</exception>
    /// <exception cref="FormatException">Station, month or element is not valid.</exception>
    public void Add(MonthPartial partial)
    {
        var date = DateOnly.ParseExact(partial.Month, "yyyy-MM", CultureInfo.InvariantCulture);
        var station = Encoding.UTF8.GetBytes(partial.Station);
        if (!StationId.IsValid(station)) throw new FormatException($"Not a station id: {partial.Station}");

        ref var month = ref months[Find(StationId.Pack(station), date.Year, date.Month)];
        month.Merge(partial);
        foreach (var (name, count) in partial.Elements)
        {
            var element = Encoding.UTF8.GetBytes(name);
            if (!ElementCode.IsValid(element)) throw new FormatException($"Not an element: {name}");
            elements.Add(ref month.FirstElement, ElementCode.Pack(element), count);
        }
    }

    /// <summary>The stations of one shard that have any month, in ordinal order.</summary>
    public IReadOnlyCollection<string> StationsIn(int shard) =>
        [.. stations.Where(station => Shard.Of(station) == shard).Order().Select(station => station.ToString())];

    /// <summary>The months of one shard's stations, ordered by station, then month, ordinally.</summary>
    public IEnumerable<MonthPartial> InShard(int shard)
    {
        var order = new List<int>();
        for (var index = 0; index < months.Count; index++)
        {
            if (Shard.Of(months[index].Station) == shard) order.Add(index);
        }

        order.Sort(Compare);
        return order.Select(index => months[index].ToPartial(elements.Sorted(months[index].FirstElement)));
    }

    private int Compare(int one, int other)
    {
        ref var left = ref months[one];
        ref var right = ref months[other];
        var order = left.Station.CompareTo(right.Station);
        if (order == 0) order = left.Year.CompareTo(right.Year);
        return order != 0 ? order : left.Month.CompareTo(right.Month);
    }

    private int Find(StationId station, int year, int month)
    {
        var slot = FirstSlot(station, year, month);
        for (; slots[slot] != 0; slot = (slot + 1) & (slots.Length - 1))
        {
            var index = slots[slot] - 1;
            if (months[index].Is(station, year, month)) return index;
        }

        if (months.Count == MaxMonths)
            throw new InputRefusedException(InputReasons.MonthCount, $"More than {MaxMonths} station-months.");
        if (stations.Add(station) && stations.Count > MaxStations)
            throw new InputRefusedException(InputReasons.StationCount, $"More than {MaxStations} stations.");

        var added = months.Add(MonthAggregate.Empty(station, year, month));
        slots[slot] = added + 1;
        if (months.Count * 2 > slots.Length) Grow();
        return added;
    }

    private void Grow()
    {
        slots = new int[slots.Length * 2];
        for (var index = 0; index < months.Count; index++)
        {
            ref var month = ref months[index];
            var slot = FirstSlot(month.Station, month.Year, month.Month);
            while (slots[slot] != 0) slot = (slot + 1) & (slots.Length - 1);
            slots[slot] = index + 1;
        }
    }

    private int FirstSlot(StationId station, int year, int month) =>
        (int)((uint)(station.GetHashCode() + (year * 12 + month) * 0x61C88647) & (uint)(slots.Length - 1));
}
