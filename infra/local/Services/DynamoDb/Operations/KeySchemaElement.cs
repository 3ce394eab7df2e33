using Isobar.Local.Services.DynamoDb.Tables;

namespace Isobar.Local.Services.DynamoDb.Operations;

/// <summary>One attribute of the key of a table or an index.</summary>
/// <remarks>Source: Amazon DynamoDB API Reference, KeySchemaElement. Global secondary indexes with several attributes
/// in a partition or sort key are not built.</remarks>
internal sealed record KeySchemaElement(string? AttributeName, string? KeyType)
{
    public static List<KeySchemaElement> Of(TableSchema schema) => schema.Range is { } range
        ? [new(schema.Hash.Name, "HASH"), new(range.Name, "RANGE")]
        : [new(schema.Hash.Name, "HASH")];

    /// <param name="member">As AWS shows it.</param>
    /// <exception cref="Wire.AwsException">ValidationException: not one or two elements, or not such as the model
    /// wants.</exception>
    public static void CheckShape(List<KeySchemaElement?>? elements, string member)
    {
        if (elements is null) throw DynamoDbErrors.Constraint(null, member, "Member must not be null");
        if (elements.Count is 0 or > 2)
            throw DynamoDbErrors.Constraint($"[{elements.Count} elements]", member, elements.Count == 0
                ? "Member must have length greater than or equal to 1"
                : "Member must have length less than or equal to 2");
        for (var i = 0; i < elements.Count; i++)
        {
            var place = $"{member}.{i + 1}.member";
            if (elements[i]?.AttributeName is null)
                throw DynamoDbErrors.Constraint(null, $"{place}.attributeName", "Member must not be null");
            if (elements[i]!.KeyType is null)
                throw DynamoDbErrors.Constraint(null, $"{place}.keyType", "Member must not be null");
            Parameters.OneOf(elements[i]!.KeyType, $"{place}.keyType", "HASH", "RANGE");
        }
    }

    /// <param name="elements">Of the right shape.</param>
    /// <exception cref="Wire.AwsException">ValidationException: an attribute without a definition, or a key that none
    /// can be.</exception>
    public static TableSchema Read(List<KeySchemaElement?> elements, IReadOnlyList<KeyAttribute> attributes)
    {
        var names = elements.ConvertAll(element => element!.AttributeName!);
        if (names.Count > attributes.Count) throw DynamoDbErrors.KeyWithoutDefinition();
        var keys = names.ConvertAll(name => attributes.FirstOrDefault(attribute => attribute.Name == name)
            ?? throw DynamoDbErrors.UndefinedKeys(names, attributes.Select(attribute => attribute.Name)));
        if (names.Count > 1 && names[0] == names[1])
            throw DynamoDbErrors.Validation(
                "Both the Hash Key and the Range Key element in the KeySchema have the same name");
        if (elements[0]!.KeyType != "HASH")
            throw DynamoDbErrors.Validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        if (elements.Count > 1 && elements[1]!.KeyType != "RANGE")
            throw DynamoDbErrors.Validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        return new TableSchema(keys[0], keys.Count > 1 ? keys[1] : null);
    }
}
