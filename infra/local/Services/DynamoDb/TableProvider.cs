using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Ownership;
using Isobar.Local.Services.DynamoDb.Operations;
using Isobar.Local.Services.DynamoDb.Tables;

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
        return Deployed(declaration, definition.Name.Name, definition.Arn);
    }

    /// <summary>
    /// Changes whether a table may be deleted, the one setting that has an effect here; its items stay.
    /// </summary>
    /// <exception cref="DeploymentException">A property that is not supported, or not valid.</exception>
    public static DeployedResource Change(Monitor<DynamoDbState> monitor, ResourceDeclaration declaration)
    {
        var request = Read(declaration.Properties, declaration);
        var name = new TableName(declaration.Stack.Region, request.TableName!);
        var arn = monitor.Ask((state, _) =>
        {
            var table = state.DescribeTable(name);
            table.Protect(request.DeletionProtectionEnabled ?? false);
            return table.Definition.Arn;
        });
        return Deployed(declaration, name.Name, arn);
    }

    /// <exception cref="Wire.AwsException">ValidationException: the table is protected.</exception>
    public static void Delete(Monitor<DynamoDbState> monitor, ResourceDeletion deletion)
    {
        var name = new TableName(deletion.Declaration.Stack.Region, deletion.Existing.PhysicalId);
        monitor.Post((state, _) =>
        {
            if (state.Exists(name)) state.DeleteTable(name);
        });
    }

    private static DeployedResource Deployed(ResourceDeclaration declaration, string name, Arn arn) => new(
        declaration.LogicalId, Type, name, name, new Dictionary<string, string> { ["Arn"] = arn.ToString() });

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
