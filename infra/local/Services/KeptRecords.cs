namespace Isobar.Local.Services;

/// <summary>A record of a stream.</summary>
internal interface IStreamed
{
    /// <summary>When it came: service time, never before the record ahead of it.</summary>
    DateTimeOffset At { get; }

    /// <summary>Bytes that it counts for in an answer.</summary>
    int Size { get; }
}

/// <summary>The records of a shard, numbered without gaps, of which the oldest are trimmed.</summary>
/// <param name="first">The number of its first record.</param>
internal sealed class KeptRecords<T>(long first) where T : class, IStreamed
{
    private readonly List<T> records = [];

    // How many of the list's records are trimmed; the list is shortened once that is half of it.
    private int trimmed;

    /// <summary>The number that its next record has.</summary>
    public long Next { get; private set; } = first;

    /// <summary>The number of the oldest record that is kept; <see cref="Next"/> when none is.</summary>
    public long FirstKept => Next - Count;

    public int Count => records.Count - trimmed;

    public T? Oldest => Count > 0 ? records[trimmed] : null;

    public T? Newest => Count > 0 ? records[^1] : null;

    public void Add(T record)
    {
        records.Add(record);
        Next++;
    }

    /// <summary>Removes the oldest record.</summary>
    public T Trim()
    {
        var oldest = records[trimmed];
        records[trimmed++] = null!;
        if (trimmed > records.Count / 2)
        {
            records.RemoveRange(0, trimmed);
            trimmed = 0;
        }

        return oldest;
    }

    /// <summary>The records from a number on; trimmed ones are passed over.</summary>
    /// <param name="maxBytes">Of all after the first.</param>
    public IReadOnlyList<T> From(long number, int maximum, long maxBytes)
    {
        var index = trimmed + (int)Math.Clamp(number - FirstKept, 0, Count);
        var found = new List<T>(Math.Min(maximum, records.Count - index));
        for (long bytes = 0; index < records.Count && found.Count < maximum; index++)
        {
            bytes += records[index].Size;
            if (found.Count > 0 && bytes > maxBytes) break;
            found.Add(records[index]);
        }

        return found;
    }

    /// <summary>The number of the first record at or after an instant; <see cref="Next"/> when there is none.</summary>
    public long FirstSince(DateTimeOffset instant)
    {
        var (low, high) = (trimmed, records.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (records[middle].At < instant) low = middle + 1;
            else high = middle;
        }

        return FirstKept + (low - trimmed);
    }
}
