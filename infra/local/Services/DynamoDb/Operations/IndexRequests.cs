using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Operations;

/// <summary>Checks the indexes that CreateTable and UpdateTable ask for.</summary>
/// <remarks>
/// Source: Amazon DynamoDB API Reference, GlobalSecondaryIndex and LocalSecondaryIndex; the texts as in <see
/// cref="DynamoDbErrors"/>.
/// </remarks>
internal static class IndexRequests
{
    /// <summary>What the model of the service wants of an index.</summary>
    /// <param name="member">As AWS shows it.</param>
    /// <exception cref="AwsException">ValidationException.</exception>
    public static void CheckShape(
        string? name, List<KeySchemaElement?>? keySchema, ProjectionShape? projection, string member)
    {
        CheckName(name, member);
        KeySchemaElement.CheckShape(keySchema, $"{member}.keySchema");
        var place = $"{member}.projection";
        new ModelConstraints()
            .Required(place, projection)
            .OneOf($"{place}.projectionType", projection?.ProjectionType, "ALL", "INCLUDE", "KEYS_ONLY")
            .Length($"{place}.nonKeyAttributes", projection?.NonKeyAttributes?.ConvertAll(text => text ?? "null"),
                1, DynamoDbLimits.IncludedAttributes)
            .ThrowIfAny();
    }

    /// <exception cref="AwsException">ValidationException: not 3 to 255 plain characters.</exception>
    public static void CheckName(string? name, string member)
    {
        new ModelConstraints().Required($"{member}.indexName", name).Length($"{member}.indexName", name, 3, 255)
            .ThrowIfAny();
        if (!Parameters.IsPlain(name!))
            throw DynamoDbErrors.Constraint(name, $"{member}.indexName", Parameters.PlainRule);
    }

    /// <summary>The indexes of a new table, global ones first.</summary>
    /// <param name="isProvisioned">Whether the table's capacity is.</param>
    /// <exception cref="AwsException">ValidationException.</exception>
    public static IReadOnlyList<IndexCreation> OfTable(
        List<GlobalSecondaryIndex?>? global, List<LocalSecondaryIndex?>? local, TableSchema table,
        IReadOnlyList<KeyAttribute> attributes, bool isProvisioned)
    {
        if (local is not null && table.Range is null)
            throw DynamoDbErrors.Invalid("Table KeySchema does not have a range key, "
                + "which is required when specifying a LocalSecondaryIndex");
        if (local?.Count > DynamoDbLimits.LocalIndexes)
            throw DynamoDbErrors.Invalid("Number of LocalSecondaryIndexes exceeds per-table limit of "
                + $"{DynamoDbLimits.LocalIndexes}");
        if (global?.Count > DynamoDbLimits.GlobalIndexes)
            throw DynamoDbErrors.Invalid("GlobalSecondaryIndex count exceeds the per-table limit of "
                + $"{DynamoDbLimits.GlobalIndexes}");
        List<IndexCreation> indexes =
        [
            .. (global ?? []).Select((index, i) =>
                Global(index!, $"globalSecondaryIndexes.{i + 1}.member", attributes)),
            .. (local ?? []).Select(index => Local(index!, table, attributes)),
        ];
        foreach (var index in indexes.Where(index => index.Definition.IsGlobal)) CheckUnits(index, isProvisioned);
        if (indexes.GroupBy(index => index.Definition.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw DynamoDbErrors.Invalid($"Duplicate index name: {twice.Key}");
        if (indexes.Sum(index => index.Definition.Projection.NonKeyAttributes.Count)
            > DynamoDbLimits.IncludedAttributesOfTable)
            throw DynamoDbErrors.TooManyIncluded();
        return indexes;
    }

    /// <param name="member">As AWS shows it.</param>
    /// <exception cref="AwsException">ValidationException.</exception>
    public static IndexCreation Global(
        GlobalSecondaryIndex index, string member, IReadOnlyList<KeyAttribute> attributes) => new(
        new IndexDefinition(
            index.IndexName!, KeySchemaElement.Read(index.KeySchema!, attributes), Projection(index.Projection!),
            IsGlobal: true),
        ProvisionedThroughput.Read(index.ProvisionedThroughput, $"{member}.provisionedThroughput"));

    private static IndexCreation Local(
        LocalSecondaryIndex index, TableSchema table, IReadOnlyList<KeyAttribute> attributes)
    {
        var schema = KeySchemaElement.Read(index.KeySchema!, attributes);
        if (schema.Range is null)
            throw DynamoDbErrors.Invalid($"Index KeySchema does not have a range key for index: {index.IndexName}");
        if (schema.Hash != table.Hash)
            throw DynamoDbErrors.Invalid("Index KeySchema does not have the same leading hash key as table KeySchema "
                + $"for index: {index.IndexName}. index hash key: {schema.Hash.Name}, "
                + $"table hash key: {table.Hash.Name}");
        return new IndexCreation(
            new IndexDefinition(index.IndexName!, schema, Projection(index.Projection!), IsGlobal: false), null);
    }

    private static IndexProjection Projection(ProjectionShape shape)
    {
        var (type, included) = shape;
        if (type is null) throw DynamoDbErrors.Invalid("Unknown ProjectionType: null");
        if (type == "INCLUDE" && included is null)
            throw DynamoDbErrors.Invalid("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
        if (type != "INCLUDE" && included is not null)
            throw DynamoDbErrors.Invalid($"ProjectionType is {type}, but NonKeyAttributes is specified");
        var names = (included ?? []).ConvertAll(name => name ?? "null");
        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw DynamoDbErrors.Invalid($"Duplicate element in NonKeyAttributes: {twice.Key}");
        return new IndexProjection(type, [.. names.Order(StringComparer.Ordinal)]);
    }

    private static void CheckUnits(IndexCreation index, bool isProvisioned)
    {
        if (isProvisioned && index.Units is null)
            throw DynamoDbErrors.Invalid($"ProvisionedThroughput is not specified for index: {index.Definition.Name}");
        if (!isProvisioned && index.Units is not null)
            throw DynamoDbErrors.Invalid("ProvisionedThroughput should not be specified for index: "
                + $"{index.Definition.Name} when BillingMode is PAY_PER_REQUEST");
    }
}
