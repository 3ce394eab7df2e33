using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Sam;

namespace Isobar.Local.Services.DynamoDb;

/// <summary>What DynamoDB adds to templates.</summary>
internal static class DynamoDbTemplateParts
{
    private const string EventType = "DynamoDB";

    public static TemplateParts Parts { get; } = new()
    {
        Events =
        [
            new(EventType, declared => StreamEvent.Expand(declared, EventType))
            {
                ManagedPolicy = "arn:aws:iam::aws:policy/service-role/AWSLambdaDynamoDBExecutionRole",
            },
        ],
        PolicyTemplates =
        [
            Template("DynamoDBReadPolicy", "GetItem", "Scan", "Query", "BatchGetItem", "DescribeTable"),
            Template("DynamoDBWritePolicy", "PutItem", "UpdateItem", "BatchWriteItem"),
            Template("DynamoDBCrudPolicy", "GetItem", "DeleteItem", "PutItem", "Scan", "Query", "UpdateItem",
                "BatchWriteItem", "BatchGetItem", "DescribeTable", "ConditionCheckItem"),
        ],
    };

    private static PolicyTemplate Template(string name, params string[] actions) => new(
        name, "TableName", [.. actions.Select(action => $"dynamodb:{action}")],
        [
            PolicyTemplate.Regional("dynamodb", "table/${tableName}"),
            PolicyTemplate.Regional("dynamodb", "table/${tableName}/index/*"),
        ], ResourceIsList: true);
}
