using Isobar.Local.Services.DynamoDb.Expressions;
using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Services.DynamoDb.Values;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb;

/// <summary>What is read of tables and of their indexes.</summary>
internal sealed partial class DynamoDbState
{
    /// <returns>Null when there is no such item.</returns>
    /// <exception cref="AwsException">ResourceNotFoundException, or ValidationException: not the table's
    /// key.</exception>
    public AttributeMap? GetItem(TableName table, AttributeMap key)
    {
        var found = Table(table);
        return found.Find(found.Schema.Key(key));
    }

    /// <summary>Items as they are together; null where there is none.</summary>
    /// <exception cref="AwsException">TransactionCanceledException with a reason for each key that is none,
    /// ResourceNotFoundException, or ValidationException: more than 4 MB.</exception>
    public IReadOnlyList<AttributeMap?> TransactGet(IReadOnlyList<(TableName Table, AttributeMap Key)> reads)
    {
        var items = new AttributeMap?[reads.Count];
        var reasons = new AwsException?[reads.Count];
        for (var i = 0; i < reads.Count; i++)
        {
            try
            {
                items[i] = GetItem(reads[i].Table, reads[i].Key);
            }
            catch (AwsException e) when (e.Code == "ValidationException")
            {
                reasons[i] = e;
            }
        }

        if (reasons.Any(reason => reason is not null)) throw DynamoDbErrors.TransactionCanceled(reasons);
        return items.Sum(item => (long)(item?.Size ?? 0)) <= DynamoDbLimits.TransactionBytes
            ? items
            : throw DynamoDbErrors.TransactionTooLarge();
    }

    /// <param name="read">Null to read the table.</param>
    /// <exception cref="AwsException">ResourceNotFoundException, or ValidationException: no condition on the key, or an
    /// index that can't be read so.</exception>
    public Page Query(TableName name, Condition keyCondition, PageRequest request, IndexRead? read = null)
    {
        var (reader, source) = Reader(name, read);
        var range = KeyCondition.Read(keyCondition, source.Schema);
        if (request.Filter?.Paths.FirstOrDefault(path => source.Schema.IsKey(path.Attribute)) is { } key)
            throw DynamoDbErrors.FilterOnKey(key.Attribute);
        return reader.Read(range, request);
    }

    /// <param name="read">Null to read the table.</param>
    /// <exception cref="AwsException">ResourceNotFoundException, or ValidationException: an index that can't be read
    /// so.</exception>
    public Page Scan(TableName name, PageRequest request, IndexRead? read = null) =>
        Reader(name, read).Reader.Read(KeyRange.Everything, request);

    private (PageReader Reader, IItemSource Source) Reader(TableName name, IndexRead? read)
    {
        var table = Table(name);
        var source = read?.SourceIn(table) ?? table;
        return (new PageReader(source, read?.FetchesFrom(table, source) == true ? table : null), source);
    }
}
