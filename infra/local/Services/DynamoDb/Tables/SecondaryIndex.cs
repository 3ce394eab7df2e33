using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Services.DynamoDb.Tables;

/// <summary>
/// The items of a table in the order of another key. Items that lack an attribute of the key, or have a value in it
/// that no key can have, are not in the index.
/// </summary>
/// <param name="table">The key of the table.</param>
/// <remarks>Source: Amazon DynamoDB Developer Guide, "Improving data access with secondary indexes" and "Take advantage
/// of sparse indexes".</remarks>
internal sealed class SecondaryIndex(IndexDefinition definition, TableSchema table, TableThroughput throughput)
    : IItemSource
{
    private readonly SortedRows rows = new();

    public IndexDefinition Definition => definition;

    public TableSchema Schema => definition.Schema;

    /// <summary>Of a global index; a local one uses that of its table.</summary>
    public TableThroughput Throughput { get; set; } = throughput;

    public int Count => rows.Count;

    /// <summary>Of all items in the index, each with <see cref="DynamoDbLimits.ItemOverheadBytes"/>.</summary>
    public long Bytes { get; private set; }

    /// <summary>Follows a change in the table.</summary>
    /// <param name="old">The item before; null when there was none.</param>
    /// <param name="item">The item after; null when there is none.</param>
    public void Put(ItemKey key, AttributeMap? old, AttributeMap? item)
    {
        var change = ChangeOf(key, old, item);
        if (change.IsNone) return;
        if (change.Old is { } before) rows.Remove(before);
        if (change.New is { } after) rows.Add(after);
        Bytes += change.AddedBytes;
    }

    /// <summary>What a change in the table would change here.</summary>
    public IndexChange ChangeOf(ItemKey key, AttributeMap? old, AttributeMap? item) =>
        new(RowOf(key, old), RowOf(key, item));

    public IEnumerable<Row> Between(Row? first, Row? last, bool forward) => rows.Between(first, last, forward);

    /// <remarks>Source of the texts: the tests of architect/dynalite, made against AWS.</remarks>
    public Row PlaceOf(AttributeMap startKey)
    {
        var names = table.Names.Union(Schema.Names).ToList();
        if (startKey.Count != names.Count || names.Exists(name => startKey[name] is null))
            throw DynamoDbErrors.InvalidStartKey();
        var place = Schema.Key(startKey.Only(Schema.Names));
        try
        {
            return new IndexRow(place, null, table.Key(startKey.Only(table.Names)));
        }
        catch (Wire.AwsException e)
        {
            throw DynamoDbErrors.InvalidStartKey(e.Message);
        }
    }

    public AttributeMap StartKey(Row row) =>
        table.Attributes(((IndexRow)row).TableKey).With(Schema.Attributes(row.Key));

    private IndexRow? RowOf(ItemKey key, AttributeMap? item) => item is not null && Schema.TryKey(item) is { } place
        ? new IndexRow(place, definition.Project(item, table), key)
        : null;
}

/// <summary>What one write changes in an index.</summary>
/// <param name="Old">Null when the item was not in the index.</param>
/// <param name="New">Null when it will not be.</param>
internal readonly record struct IndexChange(IndexRow? Old, IndexRow? New)
{
    public bool IsNone => Old is null ? New is null : StaysInPlace && Old.Item!.Equals(New!.Item);

    /// <summary>Whether the item is in the index before and after, with one key.</summary>
    public bool StaysInPlace => Old is not null && New is not null && RowOrder.Instance.Compare(Old, New) == 0;

    public long AddedBytes => Table.BytesOf(New?.Item) - Table.BytesOf(Old?.Item);
}
