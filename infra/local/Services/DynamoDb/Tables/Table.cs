using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Services.DynamoDb.Tables;

/// <summary>Which table: they are apart by Region.</summary>
internal readonly record struct TableName(string Region, string Name);

/// <summary>The settings of a table.</summary>
/// <param name="Arn">The table's ARN.</param>
/// <param name="DeletionProtection">Whether DeleteTable is refused.</param>
internal sealed record TableDefinition(
    TableName Name, Arn Arn, Guid Id, TableSchema Schema, IReadOnlyList<KeyAttribute> Attributes,
    bool DeletionProtection);

/// <summary>One table's items, in key order.</summary>
internal sealed class Table(TableDefinition definition, DateTimeOffset created)
{
    private readonly SortedSet<Row> rows = new(RowOrder.Instance);

    public TableDefinition Definition { get; private set; } = definition;

    public TableSchema Schema { get; } = definition.Schema;

    public DateTimeOffset Created => created;

    public int Count => rows.Count;

    /// <summary>Of all items, each with <see cref="DynamoDbLimits.ItemOverheadBytes"/>.</summary>
    public long Bytes { get; private set; }

    public void Protect(bool isProtected) => Definition = Definition with { DeletionProtection = isProtected };

    /// <returns>Null when there is no such item.</returns>
    public AttributeMap? Find(ItemKey key) => rows.TryGetValue(new Row(key, null), out var row) ? row.Item : null;

    /// <summary>The only place where items change; a stream would be written here.</summary>
    /// <param name="item">Null removes the item, if there is one.</param>
    public void Put(ItemKey key, AttributeMap? item)
    {
        if (rows.TryGetValue(new Row(key, null), out var old))
        {
            rows.Remove(old);
            Bytes -= BytesOf(old.Item);
        }

        if (item is null) return;
        rows.Add(new Row(key, item));
        Bytes += BytesOf(item);
    }

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

    /// <summary>What an item, if there is one, counts for in <see cref="Bytes"/>.</summary>
    public static int BytesOf(AttributeMap? item) => item is null ? 0 : item.Size + DynamoDbLimits.ItemOverheadBytes;
}
