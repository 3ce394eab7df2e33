using Isobar.Local.Services.DynamoDb.Streams;
using Isobar.Local.Services.DynamoDb.TimeToLive;
using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Services.DynamoDb.Tables;

/// <summary>Which table: they are apart by Region.</summary>
internal readonly record struct TableName(string Region, string Name);

/// <summary>The settings of a table.</summary>
/// <param name="Arn">The table's ARN.</param>
/// <param name="DeletionProtection">Whether DeleteTable is refused.</param>
internal sealed record TableDefinition(
    TableName Name, Arn Arn, Guid Id, TableSchema Schema, IReadOnlyList<KeyAttribute> Attributes,
    bool DeletionProtection)
{
    /// <summary>The view of the stream that the table begins with; null for none.</summary>
    public string? StreamView { get; init; }
}

/// <summary>One table's items, in key order.</summary>
internal sealed class Table(TableDefinition definition, DateTimeOffset created)
{
    private readonly SortedSet<Row> rows = new(RowOrder.Instance);
    private ItemExpiries? expiries;

    public TableDefinition Definition { get; private set; } = definition;

    public TableSchema Schema { get; } = definition.Schema;

    public DateTimeOffset Created => created;

    public int Count => rows.Count;

    /// <summary>Of all items, each with <see cref="DynamoDbLimits.ItemOverheadBytes"/>.</summary>
    public long Bytes { get; private set; }

    /// <summary>The stream that takes the table's changes; null while none is enabled.</summary>
    public TableStream? Stream => LatestStream is { Disabled: null } enabled ? enabled : null;

    /// <summary>The table's latest stream, enabled or not; null when it never had one.</summary>
    public TableStream? LatestStream { get; set; }

    /// <summary>The attribute that says when an item expires; null while time to live is disabled.</summary>
    public string? TimeToLive { get; private set; }

    public void Protect(bool isProtected) => Definition = Definition with { DeletionProtection = isProtected };

    /// <returns>Null when there is no such item.</returns>
    public AttributeMap? Find(ItemKey key) => rows.TryGetValue(new Row(key, null), out var row) ? row.Item : null;

    /// <summary>The only place where items change; the stream is written here.</summary>
    /// <param name="item">Null removes the item, if there is one.</param>
    /// <param name="isExpiry">Whether time to live removes it.</param>
    public void Put(ItemKey key, AttributeMap? item, DateTimeOffset now, bool isExpiry = false)
    {
        if (rows.TryGetValue(new Row(key, null), out var old))
        {
            rows.Remove(old);
            Bytes -= BytesOf(old.Item);
        }

        if (item is not null)
        {
            rows.Add(new Row(key, item));
            Bytes += BytesOf(item);
        }

        if (TimeToLive is not null) NoteExpiry(key, old?.Item, item);
        Stream?.Write(key, old?.Item, item, isExpiry, now);
    }

    /// <summary>Lets items expire from now on, those that are there included.</summary>
    /// <param name="attribute">A number: seconds since 1970. Null to let no item expire.</param>
    public void Expire(string? attribute, ItemExpiries queue)
    {
        (TimeToLive, expiries) = (attribute, queue);
        if (attribute is null) return;
        foreach (var row in rows) NoteExpiry(row.Key, null, row.Item);
    }

    /// <returns>When the item with this key expires; null when it does not, or is not there.</returns>
    public DateTimeOffset? ExpiryOf(ItemKey key) =>
        TimeToLive is { } attribute ? ItemExpiries.Of(Find(key), attribute) : null;

    /// <summary>The items of a range of keys.</summary>
    /// <param name="first">Null for the table's first.</param>
    /// <param name="last">Null for the table's last.</param>
    public IEnumerable<Row> Between(ItemKey? first, ItemKey? last, bool forward)
    {
        if (rows.Count == 0) return [];
        var lower = first is null ? rows.Min! : new Row(first, null);
        var upper = last is null ? rows.Max! : new Row(last, null);
        if (RowOrder.Instance.Compare(lower, upper) > 0) return [];
        var view = rows.GetViewBetween(lower, upper);
        return forward ? view : view.Reverse();
    }

    // An update that leaves the instant as it was needs no second entry.
    private void NoteExpiry(ItemKey key, AttributeMap? old, AttributeMap? item)
    {
        if (ItemExpiries.Of(item, TimeToLive!) is { } at && at != ItemExpiries.Of(old, TimeToLive!))
            expiries!.Add(this, key, at);
    }

    /// <summary>What an item, if there is one, counts for in <see cref="Bytes"/>.</summary>
    public static int BytesOf(AttributeMap? item) => item is null ? 0 : item.Size + DynamoDbLimits.ItemOverheadBytes;
}
