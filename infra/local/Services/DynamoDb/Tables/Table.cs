using Isobar.Local.Services.DynamoDb.Streams;
using Isobar.Local.Services.DynamoDb.TimeToLive;
using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Services.DynamoDb.Tables;

/// <summary>Which table: they are apart by Region.</summary>
internal readonly record struct TableName(string Region, string Name);

/// <summary>The settings of a table.</summary>
/// <param name="Arn">The table's ARN.</param>
/// <param name="Attributes">Those of its key and of the keys of its indexes.</param>
/// <param name="DeletionProtection">Whether DeleteTable is refused.</param>
internal sealed record TableDefinition(
    TableName Name, Arn Arn, Guid Id, TableSchema Schema, IReadOnlyList<KeyAttribute> Attributes,
    bool DeletionProtection)
{
    /// <summary>The view of the stream that the table begins with; null for none.</summary>
    public string? StreamView { get; init; }

    /// <summary>The indexes that the table begins with.</summary>
    public IReadOnlyList<IndexCreation> Indexes { get; init; } = [];

    /// <summary>What the table begins with; null for capacity on demand.</summary>
    public ProvisionedUnits? Units { get; init; }

    /// <summary>The tags that the table begins with.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();
}

/// <summary>One table's items, in key order, and its indexes.</summary>
internal sealed class Table : IItemSource
{
    private readonly SortedRows rows = new();
    private readonly List<SecondaryIndex> indexes = [];
    private ItemExpiries? expiries;

    public Table(TableDefinition definition, DateTimeOffset created)
    {
        (Definition, Created, Throughput) = (definition, created, TableThroughput.Of(definition.Units));
        OnDemandSince = definition.Units is null ? created : null;
        Tags = new SortedDictionary<string, string>(
            definition.Tags.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var index in definition.Indexes) Add(IndexOf(index));
    }

    public TableDefinition Definition { get; private set; }

    public TableSchema Schema => Definition.Schema;

    public DateTimeOffset Created { get; }

    public TableThroughput Throughput { get; set; }

    /// <summary>Whether capacity is provisioned, by the table and by each of its global indexes.</summary>
    public bool IsProvisioned => Throughput.Units.Read > 0;

    /// <summary>Since when capacity has been on demand, or when it last became so; null when it never was.</summary>
    public DateTimeOffset? OnDemandSince { get; set; }

    public SortedDictionary<string, string> Tags { get; }

    /// <summary>In the order in which they were made.</summary>
    public IReadOnlyList<SecondaryIndex> Indexes => indexes;

    public int Count => rows.Count;

    /// <summary>Of all items, each with <see cref="DynamoDbLimits.ItemOverheadBytes"/>; indexes do not count.</summary>
    public long Bytes { get; private set; }

    /// <summary>The same with the indexes.</summary>
    public long BytesWithIndexes => Bytes + indexes.Sum(index => index.Bytes);

    /// <summary>The stream that takes the table's changes; null while none is enabled.</summary>
    public TableStream? Stream => LatestStream is { Disabled: null } enabled ? enabled : null;

    /// <summary>The table's latest stream, enabled or not; null when it never had one.</summary>
    public TableStream? LatestStream { get; set; }

    /// <summary>The attribute that says when an item expires; null while time to live is disabled.</summary>
    public string? TimeToLive { get; private set; }

    public void Protect(bool isProtected) => Definition = Definition with { DeletionProtection = isProtected };

    /// <returns>Null when there is no such item.</returns>
    public AttributeMap? Find(ItemKey key) => rows.Find(new Row(key, null))?.Item;

    /// <returns>Null when the table has no such index.</returns>
    public SecondaryIndex? Index(string name) => indexes.Find(index => index.Definition.Name == name);

    /// <summary>An index that holds the items that are there now; the table does not keep it yet.</summary>
    public SecondaryIndex IndexOf(IndexCreation creation)
    {
        var index = new SecondaryIndex(creation.Definition, Schema, TableThroughput.Of(creation.Units));
        foreach (var row in rows.All) index.Put(row.Key, null, row.Item);
        return index;
    }

    /// <summary>Keeps an index up to date from now on.</summary>
    public void Add(SecondaryIndex index)
    {
        indexes.Add(index);
        Define(Definition.Attributes.Union(index.Schema.Keys));
    }

    /// <summary>Gives up an index, and the definitions of attributes that no other key needs.</summary>
    public void Remove(SecondaryIndex index)
    {
        indexes.Remove(index);
        Define(Schema.Keys.Union(indexes.SelectMany(left => left.Schema.Keys)));
    }

    /// <summary>The only place where items change; the indexes and the stream are written here.</summary>
    /// <param name="item">Null removes the item, if there is one.</param>
    /// <param name="isExpiry">Whether time to live removes it.</param>
    public void Put(ItemKey key, AttributeMap? item, DateTimeOffset now, bool isExpiry = false)
    {
        var old = rows.Find(new Row(key, null));
        if (old is not null)
        {
            rows.Remove(old);
            Bytes -= BytesOf(old.Item);
        }

        if (item is not null)
        {
            rows.Add(new Row(key, item));
            Bytes += BytesOf(item);
        }

        foreach (var index in indexes) index.Put(key, old?.Item, item);
        if (TimeToLive is not null) NoteExpiry(key, old?.Item, item);
        Stream?.Write(key, old?.Item, item, isExpiry, now);
    }

    /// <summary>Lets items expire from now on, those that are there included.</summary>
    /// <param name="attribute">A number: seconds since 1970. Null to let no item expire.</param>
    public void Expire(string? attribute, ItemExpiries queue)
    {
        (TimeToLive, expiries) = (attribute, queue);
        if (attribute is null) return;
        foreach (var row in rows.All) NoteExpiry(row.Key, null, row.Item);
    }

    /// <returns>When the item with this key expires; null when it does not, or is not there.</returns>
    public DateTimeOffset? ExpiryOf(ItemKey key) =>
        TimeToLive is { } attribute ? ItemExpiries.Of(Find(key), attribute) : null;

    public IEnumerable<Row> Between(Row? first, Row? last, bool forward) => rows.Between(first, last, forward);

    public Row PlaceOf(AttributeMap startKey)
    {
        try
        {
            return new Row(Schema.Key(startKey), null);
        }
        catch (Wire.AwsException e)
        {
            throw DynamoDbErrors.InvalidStartKey(e.Message);
        }
    }

    public AttributeMap StartKey(Row row) => Schema.Attributes(row.Key);

    // An update that leaves the instant as it was needs no second entry.
    private void NoteExpiry(ItemKey key, AttributeMap? old, AttributeMap? item)
    {
        if (ItemExpiries.Of(item, TimeToLive!) is { } at && at != ItemExpiries.Of(old, TimeToLive!))
            expiries!.Add(this, key, at);
    }

    private void Define(IEnumerable<KeyAttribute> attributes) =>
        Definition = Definition with { Attributes = [.. attributes] };

    /// <summary>What an item, if there is one, counts for in <see cref="Bytes"/>.</summary>
    public static int BytesOf(AttributeMap? item) => item is null ? 0 : item.Size + DynamoDbLimits.ItemOverheadBytes;
}
