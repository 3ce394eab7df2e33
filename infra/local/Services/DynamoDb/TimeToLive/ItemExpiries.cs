using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Services.DynamoDb.TimeToLive;

/// <summary>
/// When the items of tables with a time to live expire: a queue of instants, of which those that no longer are an
/// item's are passed over.
/// </summary>
internal sealed class ItemExpiries
{
    private const int FewestToCompact = 1_024;

    private readonly PriorityQueue<(Table Table, ItemKey Key), DateTimeOffset> queue = new();
    private int compactAt = FewestToCompact;

    /// <summary>The earliest instant of the queue, an item's or not; null when it is empty.</summary>
    public DateTimeOffset? NextDue => queue.TryPeek(out _, out var at) ? at : null;

    /// <summary>Entries of the queue: the items that expire and, within a bound, what changes left behind.</summary>
    public int Count => queue.Count;

    /// <summary>Reads when an item expires.</summary>
    /// <returns>Null when it does not: it has no such attribute, or one that is no instant in range.</returns>
    public static DateTimeOffset? Of(AttributeMap? item, string attribute) =>
        item?[attribute] is NumberValue number
        && number.Value.CompareTo(DecimalNumber.Of(0)) > 0
        && decimal.TryParse(number.Value.ToString(), out var seconds)
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds((long)decimal.Ceiling(seconds))
            : null;

    public void Add(Table table, ItemKey key, DateTimeOffset at)
    {
        queue.Enqueue((table, key), at);
        if (queue.Count < compactAt) return;
        var live = queue.UnorderedItems.Where(entry =>
            entry.Element.Table.ExpiryOf(entry.Element.Key) == entry.Priority).ToArray();
        queue.Clear();
        foreach (var (element, priority) in live) queue.Enqueue(element, priority);
        compactAt = Math.Max(FewestToCompact, 2 * queue.Count);
    }

    /// <summary>Takes the earliest entry if it is due.</summary>
    public bool TryTake(DateTimeOffset now, out Table table, out ItemKey key)
    {
        (table, key) = (null!, null!);
        if (!queue.TryPeek(out var entry, out var at) || at > now) return false;
        (table, key) = queue.Dequeue();
        return true;
    }
}
