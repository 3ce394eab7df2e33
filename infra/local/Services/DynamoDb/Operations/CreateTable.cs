using Isobar.Local.Ownership;
using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Operations;

internal sealed record CreateTableRequest(
    string? TableName, List<AttributeDefinition?>? AttributeDefinitions, List<KeySchemaElement?>? KeySchema,
    string? BillingMode, bool? DeletionProtectionEnabled, StreamSpecification? StreamSpecification = null)
{
    public ProvisionedThroughput? ProvisionedThroughput { get; init; }

    public List<GlobalSecondaryIndex?>? GlobalSecondaryIndexes { get; init; }

    public List<LocalSecondaryIndex?>? LocalSecondaryIndexes { get; init; }

    public List<Tag?>? Tags { get; init; }
}

internal sealed record CreateTableResponse(TableDescription TableDescription);

/// <summary>Creates a table with its indexes; they are active at once.</summary>
/// <remarks>Source: Amazon DynamoDB API Reference, CreateTable.</remarks>
internal static class CreateTable
{
    public static CreateTableResponse Handle(
        Monitor<DynamoDbState> monitor, Identifiers identifiers, CreateTableRequest request, CallScope scope)
    {
        var definition = Definition(request, identifiers.NewGuid(), scope.Region, scope.AccountId);
        return new CreateTableResponse(monitor.Ask((state, now) =>
            TableDescription.Of(state.CreateTable(definition, now), "ACTIVE", now)));
    }

    /// <summary>Checks a request for a table, which may come from a template as well.</summary>
    /// <exception cref="AwsException">ValidationException.</exception>
    public static TableDefinition Definition(CreateTableRequest request, Guid id, string region, string accountId)
    {
        var name = Parameters.Named(Parameters.Required(request.TableName, "TableName"));
        var attributes = Attributes(Parameters.Required(request.AttributeDefinitions, "AttributeDefinitions"));
        Parameters.OneOf(request.BillingMode, "billingMode", "PROVISIONED", "PAY_PER_REQUEST");
        var keySchema = Parameters.Required(request.KeySchema, "KeySchema");
        KeySchemaElement.CheckShape(keySchema, "keySchema");
        CheckShapes(request);
        var isProvisioned = request.BillingMode != "PAY_PER_REQUEST";
        var units = Units(request, isProvisioned);
        var schema = KeySchemaElement.Read(keySchema, attributes);
        CheckUse(request, schema, attributes);
        var tags = Tag.Read(request.Tags ?? []);
        return new TableDefinition(
            new TableName(region, name), new Arn("aws", "dynamodb", region, accountId, $"table/{name}"), id, schema,
            attributes, request.DeletionProtectionEnabled ?? false)
        {
            StreamView = StreamSpecification.Read(request.StreamSpecification)?.View,
            Indexes = IndexRequests.OfTable(request.GlobalSecondaryIndexes, request.LocalSecondaryIndexes, schema,
                attributes, isProvisioned),
            Units = units,
            Tags = tags,
        };
    }

    /// <exception cref="AwsException">ValidationException: no name or type, or a name that was there
    /// before.</exception>
    public static IReadOnlyList<KeyAttribute> Attributes(List<AttributeDefinition?> definitions)
    {
        for (var i = 0; i < definitions.Count; i++)
        {
            var place = $"attributeDefinitions.{i + 1}.member";
            if (definitions[i]?.AttributeName is null)
                throw DynamoDbErrors.Constraint(null, $"{place}.attributeName", "Member must not be null");
            if (definitions[i]!.AttributeType is null)
                throw DynamoDbErrors.Constraint(null, $"{place}.attributeType", "Member must not be null");
            Parameters.OneOf(definitions[i]!.AttributeType, $"{place}.attributeType", "B", "N", "S");
        }

        if (definitions.GroupBy(attribute => attribute!.AttributeName).FirstOrDefault(group => group.Count() > 1)
            is { } twice)
            throw DynamoDbErrors.Validation($"Attribute Name is duplicated: {twice.Key}");
        return definitions.ConvertAll(
            attribute => new KeyAttribute(attribute!.AttributeName!, attribute.AttributeType!));
    }

    private static void CheckShapes(CreateTableRequest request)
    {
        if (request.LocalSecondaryIndexes is { Count: 0 })
            throw DynamoDbErrors.Invalid("List of LocalSecondaryIndexes is empty");
        if (request.GlobalSecondaryIndexes is { Count: 0 })
            throw DynamoDbErrors.Invalid("List of GlobalSecondaryIndexes is empty");
        foreach (var (index, i) in (request.GlobalSecondaryIndexes ?? []).Select((index, i) => (index, i)))
            IndexRequests.CheckShape(index?.IndexName, index?.KeySchema, index?.Projection,
                $"globalSecondaryIndexes.{i + 1}.member");
        foreach (var (index, i) in (request.LocalSecondaryIndexes ?? []).Select((index, i) => (index, i)))
            IndexRequests.CheckShape(index?.IndexName, index?.KeySchema, index?.Projection,
                $"localSecondaryIndexes.{i + 1}.member");
    }

    private static ProvisionedUnits? Units(CreateTableRequest request, bool isProvisioned)
    {
        var units = ProvisionedThroughput.Read(request.ProvisionedThroughput, "provisionedThroughput");
        if (isProvisioned && units is null)
            throw DynamoDbErrors.Invalid("ReadCapacityUnits and WriteCapacityUnits must both be specified "
                + "when BillingMode is PROVISIONED");
        if (!isProvisioned && units is not null)
            throw DynamoDbErrors.Invalid("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified "
                + "when BillingMode is PAY_PER_REQUEST");
        return units;
    }

    // AWS looks at this before all else about indexes.
    private static void CheckUse(
        CreateTableRequest request, TableSchema schema, IReadOnlyList<KeyAttribute> attributes)
    {
        var ofIndexes = (request.GlobalSecondaryIndexes ?? []).Select(index => index!.KeySchema!)
            .Concat((request.LocalSecondaryIndexes ?? []).Select(index => index!.KeySchema!)).ToList();
        var used = schema.Names
            .Union(ofIndexes.SelectMany(keys => keys).Select(key => key!.AttributeName!)).ToList();
        var names = attributes.Select(attribute => attribute.Name).ToList();
        if (names.All(used.Contains)) return;
        throw ofIndexes.Count == 0
            ? DynamoDbErrors.SpareAttributes()
            : DynamoDbErrors.UnusedAttributes(names, used.Where(names.Contains));
    }
}
