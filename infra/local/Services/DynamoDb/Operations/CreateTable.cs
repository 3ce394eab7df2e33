using Isobar.Local.Ownership;
using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Operations;

internal sealed record CreateTableRequest(
    string? TableName, List<AttributeDefinition?>? AttributeDefinitions, List<KeySchemaElement?>? KeySchema,
    string? BillingMode, bool? DeletionProtectionEnabled, StreamSpecification? StreamSpecification = null);

internal sealed record CreateTableResponse(TableDescription TableDescription);

/// <summary>Creates a table that is billed by request; it is active at once.</summary>
/// <remarks>Source: Amazon DynamoDB API Reference, CreateTable.</remarks>
internal static class CreateTable
{
    public static CreateTableResponse Handle(
        Monitor<DynamoDbState> monitor, Identifiers identifiers, CreateTableRequest request, CallScope scope)
    {
        var definition = Definition(request, identifiers.NewGuid(), scope.Region, scope.AccountId);
        return new CreateTableResponse(monitor.Ask((state, now) =>
            TableDescription.Of(state.CreateTable(definition, now), "ACTIVE")));
    }

    /// <summary>Checks a request for a table, which may come from a template as well.</summary>
    /// <exception cref="AwsException">ValidationException.</exception>
    public static TableDefinition Definition(CreateTableRequest request, Guid id, string region, string accountId)
    {
        var name = Parameters.Named(Parameters.Required(request.TableName, "TableName"));
        var attributes = Parameters.Required(request.AttributeDefinitions, "AttributeDefinitions")
            .ConvertAll(attribute => new KeyAttribute(
                attribute?.AttributeName ?? throw NotNull("attributeDefinitions", "attributeName"),
                attribute.AttributeType ?? throw NotNull("attributeDefinitions", "attributeType")));
        foreach (var attribute in attributes)
            Parameters.OneOf(attribute.Type, "attributeDefinitions.1.member.attributeType", "B", "N", "S");
        Parameters.OneOf(request.BillingMode, "billingMode", "PROVISIONED", "PAY_PER_REQUEST");
        if (request.BillingMode != "PAY_PER_REQUEST")
            throw DynamoDbErrors.NotSupported("Only the BillingMode PAY_PER_REQUEST is supported.");

        var schema = Schema(Parameters.Required(request.KeySchema, "KeySchema"), attributes);
        return new TableDefinition(
            new TableName(region, name), new Arn("aws", "dynamodb", region, accountId, $"table/{name}"), id, schema,
            attributes, request.DeletionProtectionEnabled ?? false)
        {
            StreamView = StreamSpecification.Read(request.StreamSpecification)?.View,
        };
    }

    private static TableSchema Schema(List<KeySchemaElement?> elements, List<KeyAttribute> attributes)
    {
        if (elements.Count is 0 or > 2)
            throw DynamoDbErrors.Constraint($"[{elements.Count} elements]", "keySchema", elements.Count == 0
                ? "Member must have length greater than or equal to 1"
                : "Member must have length less than or equal to 2");
        foreach (var element in elements)
        {
            if (element?.AttributeName is null) throw NotNull("keySchema", "attributeName");
            Parameters.OneOf(element.KeyType, "keySchema.1.member.keyType", "HASH", "RANGE");
        }

        if (elements[0]!.KeyType != "HASH")
            throw DynamoDbErrors.Validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        if (elements.Count > 1 && elements[1]!.KeyType != "RANGE")
            throw DynamoDbErrors.Validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        var names = elements.ConvertAll(element => element!.AttributeName!);
        if (names.Count > 1 && names[0] == names[1])
            throw DynamoDbErrors.Validation(
                "Both the Hash Key and the Range Key element in the KeySchema have the same name");
        var keys = names.ConvertAll(name => attributes.Find(attribute => attribute.Name == name)
            ?? throw DynamoDbErrors.UndefinedKeys(names, attributes.ConvertAll(attribute => attribute.Name)));
        if (attributes.Count != keys.Count) throw DynamoDbErrors.SpareAttributes();
        return new TableSchema(keys[0], keys.Count > 1 ? keys[1] : null);
    }

    private static AwsException NotNull(string list, string member) =>
        DynamoDbErrors.Constraint(null, $"{list}.1.member.{member}", "Member must not be null");
}
