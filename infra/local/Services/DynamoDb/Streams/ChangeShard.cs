namespace Isobar.Local.Services.DynamoDb.Streams;

/// <summary>One shard of a table's stream: changes in order, the oldest of which are trimmed.</summary>
/// <param name="first">The number of the first change that it can have.</param>
internal sealed class ChangeShard(string id, string? parentId, long first, DateTimeOffset opened)
{
    private readonly KeptRecords<ItemChange> changes = new(first);

    public string Id => id;

    /// <summary>Null for a stream's first shard.</summary>
    public string? ParentId => parentId;

    public DateTimeOffset Opened => opened;

    public DateTimeOffset? Closed { get; private set; }

    /// <summary>The number of its first change, trimmed or not.</summary>
    public long First { get; } = first;

    /// <summary>The number that its next change would have.</summary>
    public long Next => changes.Next;

    /// <summary>The number of the oldest change that is kept; <see cref="Next"/> when none is.</summary>
    public long FirstKept => changes.FirstKept;

    public int Count => changes.Count;

    public ItemChange? Oldest => changes.Oldest;

    /// <param name="change">Its number is <see cref="Next"/>.</param>
    public void Add(ItemChange change) => changes.Add(change);

    public void Close(DateTimeOffset now) => Closed ??= now;

    /// <summary>Trims the oldest change.</summary>
    /// <returns>What was trimmed.</returns>
    public ItemChange Trim() => changes.Trim();

    /// <summary>The changes from a number on; trimmed ones are passed over.</summary>
    /// <param name="maxBytes">Of all after the first.</param>
    public IReadOnlyList<ItemChange> From(long number, int maximum, long maxBytes) =>
        changes.From(number, maximum, maxBytes);

    /// <summary>The number of the first change at or after an instant.</summary>
    public long FirstSince(DateTimeOffset instant) => changes.FirstSince(instant);
}
