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
        var (request, expiry) = Read(declaration.Properties, declaration);
        var definition = CreateTable.Definition(request, identifiers.NewGuid(), stack.Region, stack.AccountId);
        return Deployed(declaration, monitor.Ask((state, now) =>
        {
            var table = state.CreateTable(definition, now);
            if (expiry is not null) state.UpdateTimeToLive(definition.Name, expiry, enabled: true);
            return table;
        }));
    }

    /// <summary>
    /// Changes everything that CloudFormation changes in place; the items stay. Another view of the stream begins a new
    /// stream, and one global index can be made or deleted.
    /// </summary>
    /// <exception cref="DeploymentException">A property that is not supported, or not valid.</exception>
    /// <exception cref="Wire.AwsException">What UpdateTable would answer.</exception>
    public static DeployedResource Change(Monitor<DynamoDbState> monitor, ResourceDeclaration declaration)
    {
        var stack = declaration.Stack;
        var (request, expiry) = Read(declaration.Properties, declaration);
        var target = CreateTable.Definition(request, Guid.Empty, stack.Region, stack.AccountId);
        var name = target.Name;
        return Deployed(declaration, monitor.Ask((state, now) =>
        {
            var table = state.DescribeTable(name);
            // Before anything else, as this is what can be refused.
            state.UpdateTable(name, TableDifference.Between(table, target), now);
            table.Protect(target.DeletionProtection);
            table.Tags.Clear();
            foreach (var (key, value) in target.Tags) table.Tags.Add(key, value);
            if (table.Stream is { } stream && stream.View != target.StreamView)
                state.UpdateTable(name, new TableChange { Stream = new StreamChange(null) }, now);
            if (table.Stream is null && target.StreamView is { } view)
                state.UpdateTable(name, new TableChange { Stream = new StreamChange(view) }, now);
            if (table.TimeToLive is { } attribute && attribute != expiry)
                state.UpdateTimeToLive(name, attribute, enabled: false);
            if (table.TimeToLive is null && expiry is not null)
                state.UpdateTimeToLive(name, expiry, enabled: true);
            return table;
        }));
    }

    /// <exception cref="Wire.AwsException">ValidationException: the table is protected.</exception>
    public static void Delete(Monitor<DynamoDbState> monitor, ResourceDeletion deletion)
    {
        var name = new TableName(deletion.Declaration.Stack.Region, deletion.Existing.PhysicalId);
        monitor.Post((state, now) =>
        {
            if (state.Exists(name)) state.DeleteTable(name, now);
        });
    }

    private static DeployedResource Deployed(ResourceDeclaration declaration, Table table)
    {
        var name = table.Definition.Name.Name;
        var attributes = new Dictionary<string, string> { ["Arn"] = table.Definition.Arn.ToString() };
        if (table.Stream is { } stream) attributes["StreamArn"] = stream.Arn.ToString();
        return new DeployedResource(declaration.LogicalId, Type, name, name, attributes);
    }

    // With the attribute that says when items expire, if they do.
    private static (CreateTableRequest Table, string? Expiry) Read(
        PropertyReader properties, ResourceDeclaration declaration)
    {
        var name = properties.OptionalString("TableName")
            ?? PhysicalName.Generate(declaration.Stack, declaration.LogicalId, maxLength: 255);
        var request = TableProperties.Read(properties, name);
        var expiry = Expiry(properties);

        properties.Inert("PointInTimeRecoverySpecification", "tables are in memory only and end with the host");
        properties.Inert("SSESpecification", "nothing is written to disk");
        properties.Inert("TableClass", "classes differ in price only");
        properties.Finish();
        return (request, expiry);
    }

    private static string? Expiry(PropertyReader properties)
    {
        if (properties.OptionalMap("TimeToLiveSpecification") is not { } expiry) return null;
        var attribute = expiry.OptionalString("AttributeName");
        if (expiry.OptionalBoolean("Enabled") != true) return null;
        if (attribute is null) expiry.Refuse("AttributeName", "is required while time to live is enabled");
        return attribute;
    }
}
