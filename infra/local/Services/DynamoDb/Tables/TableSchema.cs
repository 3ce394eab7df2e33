using Isobar.Local.Services.DynamoDb.Values;

namespace Isobar.Local.Services.DynamoDb.Tables;

/// <summary>One attribute of a primary key.</summary>
/// <param name="Type">S, N or B.</param>
internal sealed record KeyAttribute(string Name, string Type);

/// <summary>The key of a table or an index: a partition key and, if <paramref name="Range"/> is set, a sort
/// key.</summary>
internal sealed record TableSchema(KeyAttribute Hash, KeyAttribute? Range)
{
    public IEnumerable<KeyAttribute> Keys => Range is null ? [Hash] : [Hash, Range];

    public IEnumerable<string> Names => Keys.Select(key => key.Name);

    public bool IsKey(string attribute) => attribute == Hash.Name || attribute == Range?.Name;

    /// <summary>The key in an item that is put.</summary>
    /// <exception cref="Wire.AwsException">ValidationException: an attribute is missing, of the wrong type, empty or
    /// too
    /// large.</exception>
    public ItemKey KeyOfItem(AttributeMap item)
    {
        return new ItemKey(Read(Hash), Range is null ? null : Read(Range));

        AttributeValue Read(KeyAttribute attribute)
        {
            var value = item[attribute.Name] ?? throw DynamoDbErrors.MissingKey(attribute.Name);
            if (value.Type != attribute.Type)
                throw DynamoDbErrors.KeyTypeMismatch(attribute.Name, attribute.Type, value.Type);
            return CheckSize(attribute, value);
        }
    }

    /// <summary>The key that a request gives to find an item: exactly the attributes of the schema.</summary>
    /// <exception cref="Wire.AwsException">ValidationException: the key does not match, is empty or too
    /// large.</exception>
    public ItemKey Key(AttributeMap key)
    {
        if (key.Count != (Range is null ? 1 : 2)) throw DynamoDbErrors.KeyDoesNotMatchSchema();
        return new ItemKey(Read(Hash), Range is null ? null : Read(Range));

        AttributeValue Read(KeyAttribute attribute) =>
            key[attribute.Name] is { } value && value.Type == attribute.Type
                ? CheckSize(attribute, value)
                : throw DynamoDbErrors.KeyDoesNotMatchSchema();
    }

    /// <summary>The key of an index in an item of its table.</summary>
    /// <returns>Null when an attribute is missing or has a value that no key can have.</returns>
    public ItemKey? TryKey(AttributeMap item)
    {
        if (!Keys.All(key => item[key.Name] is { Size: > 0 } value
            && value.Type == key.Type && value.Size <= MaxBytes(key)))
            return null;
        return new ItemKey(item[Hash.Name]!, Range is null ? null : item[Range.Name]);
    }

    /// <summary>Bytes that the value of a key attribute may have.</summary>
    public int MaxBytes(KeyAttribute attribute) =>
        attribute == Hash ? DynamoDbLimits.HashKeyBytes : DynamoDbLimits.RangeKeyBytes;

    /// <summary>The key as attributes, as in LastEvaluatedKey.</summary>
    public AttributeMap Attributes(ItemKey key)
    {
        var hash = AttributeMap.Empty.With(Hash.Name, key.Hash);
        return Range is null ? hash : hash.With(Range.Name, key.Range!);
    }

    private AttributeValue CheckSize(KeyAttribute attribute, AttributeValue value)
    {
        // A number is never empty: its smallest size is one byte.
        if (value.Size == 0) throw DynamoDbErrors.EmptyKey(attribute.Name, attribute.Type);
        if (attribute == Hash && value.Size > DynamoDbLimits.HashKeyBytes) throw DynamoDbErrors.HashKeyTooLarge();
        if (attribute != Hash && value.Size > DynamoDbLimits.RangeKeyBytes) throw DynamoDbErrors.RangeKeyTooLarge();
        return value;
    }
}
