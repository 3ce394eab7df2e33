using Isobar.Local.Deployment;
using Isobar.Local.Services.DynamoDb.Operations;

namespace Isobar.Local.Services.DynamoDb;

/// <summary>Reads the properties of <c>AWS::DynamoDB::Table</c> that CreateTable has too.</summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::DynamoDB::Table.</remarks>
internal static class TableProperties
{
    /// <exception cref="DeploymentException">A property that is not valid.</exception>
    public static CreateTableRequest Read(PropertyReader properties, string name)
    {
        var attributes = properties.RequiredList("AttributeDefinitions").Select(attribute => new AttributeDefinition(
            attribute.RequiredString("AttributeName"), attribute.RequiredString("AttributeType", "S", "N", "B")));
        return new CreateTableRequest(
            name, [.. attributes], Keys(properties),
            properties.OptionalString("BillingMode", "PROVISIONED", "PAY_PER_REQUEST"),
            properties.OptionalBoolean("DeletionProtectionEnabled"), Stream(properties))
        {
            ProvisionedThroughput = Throughput(properties),
            GlobalSecondaryIndexes = List(properties, "GlobalSecondaryIndexes", index => new GlobalSecondaryIndex(
                index.RequiredString("IndexName"), Keys(index), Projection(index), Throughput(index))),
            LocalSecondaryIndexes = List(properties, "LocalSecondaryIndexes", index => new LocalSecondaryIndex(
                index.RequiredString("IndexName"), Keys(index), Projection(index))),
            Tags = List(properties, "Tags", tag => new Tag(tag.RequiredString("Key"), tag.RequiredString("Value"))),
        };
    }

    private static List<KeySchemaElement?> Keys(PropertyReader properties) =>
    [
        .. properties.RequiredList("KeySchema").Select(key => new KeySchemaElement(
            key.RequiredString("AttributeName"), key.RequiredString("KeyType", "HASH", "RANGE"))),
    ];

    private static ProjectionShape Projection(PropertyReader index)
    {
        var projection = index.RequiredMap("Projection");
        return new ProjectionShape(
            projection.OptionalString("ProjectionType", "ALL", "KEYS_ONLY", "INCLUDE"),
            projection.OptionalStringList("NonKeyAttributes") is { } names ? [.. names] : null);
    }

    private static ProvisionedThroughput? Throughput(PropertyReader properties) =>
        properties.OptionalMap("ProvisionedThroughput") is { } throughput
            ? new ProvisionedThroughput(
                throughput.RequiredInt32("ReadCapacityUnits", 1, int.MaxValue),
                throughput.RequiredInt32("WriteCapacityUnits", 1, int.MaxValue))
            : null;

    // CloudFormation takes an empty list for none.
    private static List<T?>? List<T>(PropertyReader properties, string name, Func<PropertyReader, T> read)
        where T : class => properties.OptionalList(name) is { Count: > 0 } list
            ? [.. list.Select(read)]
            : null;

    private static StreamSpecification? Stream(PropertyReader properties) =>
        properties.OptionalMap("StreamSpecification") is { } stream
            ? new StreamSpecification(true, stream.RequiredString(
                "StreamViewType", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY"))
            : null;
}
