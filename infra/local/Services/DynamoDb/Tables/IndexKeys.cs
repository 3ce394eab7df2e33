using Isobar.Local.Services.DynamoDb.Expressions;
using Isobar.Local.Services.DynamoDb.Values;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Tables;

/// <summary>
/// Refuses items with a value that the key of an index can't have; an item may lack the attribute altogether.
/// </summary>
/// <remarks>Source of the texts: tests of paritysuite/dynamodb-conformance and architect/dynalite, made against
/// AWS.</remarks>
internal static class IndexKeys
{
    /// <exception cref="AwsException">ValidationException.</exception>
    public static void CheckPut(Table table, AttributeMap item)
    {
        foreach (var (index, attribute, value) in KeysOf(table, item))
        {
            if (value.Type != attribute.Type) throw Mismatch(index, attribute, value);
            if (value.Size == 0) throw DynamoDbErrors.EmptyIndexKey(index.Name, attribute);
            if (value.Size > index.Schema.MaxBytes(attribute))
                throw attribute == index.Schema.Hash
                    ? DynamoDbErrors.HashKeyTooLarge()
                    : DynamoDbErrors.RangeKeyTooLarge();
        }
    }

    /// <exception cref="AwsException">ValidationException.</exception>
    public static void CheckUpdate(Table table, AttributeMap item, Update? update)
    {
        foreach (var (index, attribute, value) in KeysOf(table, item))
        {
            if (value.Type != attribute.Type)
                throw update?.TypeGivenTo(attribute.Name) is not null
                    ? Mismatch(index, attribute, value)
                    : DynamoDbErrors.UpdatedIndexKeyType();
            if (value.Size == 0) throw DynamoDbErrors.UpdatedIndexKeyEmpty(attribute);
            if (value.Size > index.Schema.MaxBytes(attribute)) throw DynamoDbErrors.UpdatedIndexKeyTooLarge();
        }
    }

    /// <summary>Refuses to change a part of an attribute that is a key, which has no parts.</summary>
    /// <exception cref="AwsException">ValidationException.</exception>
    public static void CheckPaths(Table table, Update update)
    {
        foreach (var path in update.Paths)
            if (path.IsNested && table.Indexes.Any(index => index.Schema.IsKey(path.Attribute)))
                throw DynamoDbErrors.IndexKeyHasNoParts(path.Attribute);
    }

    private static IEnumerable<(IndexDefinition Index, KeyAttribute Attribute, AttributeValue Value)> KeysOf(
        Table table, AttributeMap item)
    {
        foreach (var index in table.Indexes)
            foreach (var attribute in index.Schema.Keys)
                if (item[attribute.Name] is { } value) yield return (index.Definition, attribute, value);
    }

    private static AwsException Mismatch(IndexDefinition index, KeyAttribute attribute, AttributeValue value) =>
        DynamoDbErrors.IndexKeyMismatch(index.Name, attribute, value.Type);
}
