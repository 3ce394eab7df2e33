namespace Isobar.Local.Services.DynamoDb.Streams;

/// <summary>One shard of a table's stream: changes in order, the oldest of which are trimmed.</summary>
/// <param name="first">The number of the first change that it can have.</param>
internal sealed class ChangeShard(string id, string? parentId, long first, DateTimeOffset opened)
{
    private readonly List<ItemChange> changes = [];

    // How many of the list's changes are trimmed; the list is shortened once that is half of it.
    private int trimmed;

    public string Id => id;

    /// <summary>Null for a stream's first shard.</summary>
    public string? ParentId => parentId;

    public DateTimeOffset Opened => opened;

    public DateTimeOffset? Closed { get; private set; }

    /// <summary>The number of its first change, trimmed or not.</summary>
    public long First { get; } = first;

    /// <summary>The number that its next change would have.</summary>
    public long Next { get; private set; } = first;

    /// <summary>The number of the oldest change that is kept; <see cref="Next"/> when none is.</summary>
    public long FirstKept => Next - Count;

    public int Count => changes.Count - trimmed;

    public ItemChange? Oldest => Count > 0 ? changes[trimmed] : null;

    public void Add(ItemChange change)
    {
        changes.Add(change);
        Next = change.Number + 1;
    }

    public void Close(DateTimeOffset now) => Closed ??= now;

    /// <summary>Trims the oldest change.</summary>
    /// <returns>What was trimmed.</returns>
    public ItemChange Trim()
    {
        var oldest = changes[trimmed];
        changes[trimmed++] = null!;
        if (trimmed > changes.Count / 2)
        {
            changes.RemoveRange(0, trimmed);
            trimmed = 0;
        }

        return oldest;
    }

    /// <summary>The changes from a number on; trimmed ones are passed over.</summary>
    /// <param name="maxBytes">Of all after the first.</param>
    public IReadOnlyList<ItemChange> From(long number, int maximum, long maxBytes)
    {
        var index = trimmed + (int)Math.Clamp(number - FirstKept, 0, Count);
        var found = new List<ItemChange>(Math.Min(maximum, changes.Count - index));
        for (long bytes = 0; index < changes.Count && found.Count < maximum; index++)
        {
            bytes += changes[index].Size;
            if (found.Count > 0 && bytes > maxBytes) break;
            found.Add(changes[index]);
        }

        return found;
    }

    /// <summary>The number of the first change at or after an instant.</summary>
    public long FirstSince(DateTimeOffset instant)
    {
        for (var i = trimmed; i < changes.Count; i++)
            if (changes[i].At >= instant) return changes[i].Number;
        return Next;
    }
}
