using Isobar.Local.Services.DynamoDb.Expressions;
using Isobar.Local.Services.DynamoDb.Values;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Tables;

/// <summary>One write that a request asks for, alone or in a transaction.</summary>
/// <param name="Condition">Null when it is to happen in any case.</param>
/// <param name="ReturnItemOnFailure">Whether the error of a failed condition includes the item.</param>
internal abstract record ItemWrite(TableName Table, Condition? Condition, bool ReturnItemOnFailure)
{
    /// <summary>Finds out what the write would do, without doing it.</summary>
    /// <exception cref="AwsException">ConditionalCheckFailedException, or ValidationException when key or item is not
    /// what the table takes.</exception>
    public PlannedWrite Plan(Table table)
    {
        var key = KeyIn(table.Schema);
        var old = table.Find(key);
        if (Condition?.Holds(old ?? AttributeMap.Empty) == false)
            throw DynamoDbErrors.ConditionalCheckFailed(ReturnItemOnFailure ? old : null);
        return new PlannedWrite(table, key, old, After(table, key, old));
    }

    public abstract ItemKey KeyIn(TableSchema schema);

    /// <returns>Null when there is to be no item.</returns>
    protected abstract AttributeMap? After(Table table, ItemKey key, AttributeMap? old);
}

internal sealed record ItemPut(
    TableName Table, AttributeMap Item, Condition? Condition = null, bool ReturnItemOnFailure = false)
    : ItemWrite(Table, Condition, ReturnItemOnFailure)
{
    public override ItemKey KeyIn(TableSchema schema) => schema.KeyOfItem(Item);

    protected override AttributeMap After(Table table, ItemKey key, AttributeMap? old)
    {
        IndexKeys.CheckPut(table, Item);
        return Item.Size <= DynamoDbLimits.ItemBytes ? Item : throw DynamoDbErrors.ItemTooLarge();
    }
}

internal sealed record ItemDelete(
    TableName Table, AttributeMap Key, Condition? Condition = null, bool ReturnItemOnFailure = false)
    : ItemWrite(Table, Condition, ReturnItemOnFailure)
{
    public override ItemKey KeyIn(TableSchema schema) => schema.Key(Key);

    protected override AttributeMap? After(Table table, ItemKey key, AttributeMap? old) => null;
}

/// <param name="Update">Null when only the key is to exist.</param>
internal sealed record ItemUpdate(
    TableName Table, AttributeMap Key, Update? Update, Condition? Condition = null, bool ReturnItemOnFailure = false)
    : ItemWrite(Table, Condition, ReturnItemOnFailure)
{
    public override ItemKey KeyIn(TableSchema schema)
    {
        var key = schema.Key(Key);
        foreach (var path in Update?.Paths ?? [])
            if (schema.IsKey(path.Attribute)) throw DynamoDbErrors.KeyUpdated(path.Attribute);
        return key;
    }

    protected override AttributeMap After(Table table, ItemKey key, AttributeMap? old)
    {
        var item = old ?? table.Schema.Attributes(key);
        if (Update is not null)
        {
            IndexKeys.CheckPaths(table, Update);
            item = Update.Apply(item);
        }

        IndexKeys.CheckUpdate(table, item, Update);
        return item.Size <= DynamoDbLimits.ItemBytes ? item : throw DynamoDbErrors.UpdatedItemTooLarge();
    }
}

/// <summary>Changes nothing; in a transaction its condition has to hold.</summary>
internal sealed record ItemCheck(TableName Table, AttributeMap Key, Condition Condition, bool ReturnItemOnFailure)
    : ItemWrite(Table, Condition, ReturnItemOnFailure)
{
    public override ItemKey KeyIn(TableSchema schema) => schema.Key(Key);

    protected override AttributeMap? After(Table table, ItemKey key, AttributeMap? old) => old;
}

/// <summary>A write whose conditions hold: what it makes of an item.</summary>
/// <param name="Old">Null when there is no item.</param>
/// <param name="New">Null when there will be none.</param>
internal sealed record PlannedWrite(Table Table, ItemKey Key, AttributeMap? Old, AttributeMap? New)
{
    /// <summary>What the write changes in the indexes of the table, as they are when it is planned.</summary>
    public IReadOnlyList<IndexChange> IndexChanges { get; } = Table.Indexes.Count == 0 || ReferenceEquals(Old, New)
        ? []
        : [.. Table.Indexes.Select(index => index.ChangeOf(Key, Old, New)).Where(change => !change.IsNone)];

    public long AddedBytes => Tables.Table.BytesOf(New) - Tables.Table.BytesOf(Old)
        + IndexChanges.Sum(change => change.AddedBytes);

    public void Commit(DateTimeOffset now)
    {
        if (!ReferenceEquals(Old, New)) Table.Put(Key, New, now);
    }
}
