namespace Isobar.Domain;

/// <summary>How often each element occurs, one short linked list a month, all in one table.</summary>
internal sealed class ElementCounts
{
    private struct Entry
    {
        public ElementCode Element;
        public int Next;
        public long Count;
    }

    private readonly Paged<Entry> entries = new();

    /// <summary>Adds to the count of an element in the list that begins at <paramref name="first"/>.</summary>
    /// <exception cref="InputRefusedException">elements:count.</exception>
    public void Add(ref int first, ElementCode element, long count)
    {
        for (var index = first; index >= 0;)
        {
            ref var entry = ref entries[index];
            if (entry.Element == element)
            {
                entry.Count += count;
                return;
            }

            index = entry.Next;
        }

        if (entries.Count == MonthTable.MaxElementCounts)
        {
            throw new InputRefusedException(
                InputReasons.ElementCount, $"More than {MonthTable.MaxElementCounts} elements in all months.");
        }

        first = entries.Add(new Entry { Element = element, Next = first, Count = count });
    }

    /// <summary>The list that begins at <paramref name="first"/>, in ordinal order.</summary>
    public OrderedDictionary<string, long> Sorted(int first)
    {
        var found = new List<KeyValuePair<string, long>>();
        for (var index = first; index >= 0; index = entries[index].Next)
            found.Add(new(entries[index].Element.ToString(), entries[index].Count));
        found.Sort((one, other) => string.CompareOrdinal(one.Key, other.Key));
        return new OrderedDictionary<string, long>(found);
    }
}
