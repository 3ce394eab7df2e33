using Isobar.Local.Deployment;
using Isobar.Local.Ownership;
using Isobar.Local.Services.DynamoDb.Operations;

namespace Isobar.Local.Services.DynamoDb;

/// <summary>Creates <c>AWS::DynamoDB::Table</c>: Ref gives the name, GetAtt Arn the ARN.</summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::DynamoDB::Table.</remarks>
internal static class TableProvider
{
    public const string Type = "AWS::DynamoDB::Table";

    /// <exception cref="DeploymentException">A property that is not supported, or not valid.</exception>
    /// <exception cref="Wire.AwsException">What CreateTable would answer.</exception>
    public static DeployedResource Create(
        Monitor<DynamoDbState> monitor, Identifiers identifiers, ResourceDeclaration declaration)
    {
        var stack = declaration.Stack;
        var request = Read(declaration.Properties, declaration);
        var definition = CreateTable.Definition(request, identifiers.NewGuid(), stack.Region, stack.AccountId);
        monitor.Post((state, now) => state.CreateTable(definition, now));
        var name = definition.Name.Name;
        var attributes = new Dictionary<string, string> { ["Arn"] = definition.Arn.ToString() };
        return new DeployedResource(declaration.LogicalId, Type, name, name, attributes);
    }

    private static CreateTableRequest Read(PropertyReader properties, ResourceDeclaration declaration)
    {
        var name = properties.OptionalString("TableName")
            ?? PhysicalName.Generate(declaration.Stack, declaration.LogicalId, maxLength: 255);
        var attributes = properties.RequiredList("AttributeDefinitions").Select(attribute => new AttributeDefinition(
            attribute.RequiredString("AttributeName"), attribute.RequiredString("AttributeType", "S", "N", "B")));
        var keys = properties.RequiredList("KeySchema").Select(key => new KeySchemaElement(
            key.RequiredString("AttributeName"), key.RequiredString("KeyType", "HASH", "RANGE")));
        // CloudFormation's default is PROVISIONED, so a table that does not say this means something else.
        var billingMode = properties.RequiredString("BillingMode", "PAY_PER_REQUEST");
        var request = new CreateTableRequest(name, [.. attributes], [.. keys], billingMode,
            properties.OptionalBoolean("DeletionProtectionEnabled"));

        properties.Inert("PointInTimeRecoverySpecification", "tables are in memory only and end with the host");
        properties.Inert("SSESpecification", "nothing is written to disk");
        properties.Inert("TimeToLiveSpecification", "items stay until the host ends");
        properties.Inert("TableClass", "classes differ in price only");
        properties.Inert("Tags", "tags are neither shown nor used for permissions");
        properties.Finish();
        return request;
    }
}
