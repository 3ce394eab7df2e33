using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Sam;
using Isobar.Local.Deployment.Templates;

namespace Isobar.Local.Services.DynamoDb;

/// <summary>What DynamoDB adds to templates.</summary>
internal static class DynamoDbTemplateParts
{
    private static readonly string[] MappingProperties =
    [
        "BatchSize", "BisectBatchOnFunctionError", "DestinationConfig", "Enabled", "FilterCriteria",
        "FunctionResponseTypes", "MaximumBatchingWindowInSeconds", "MaximumRecordAgeInSeconds", "MaximumRetryAttempts",
        "MetricsConfig", "ParallelizationFactor", "StartingPosition", "StartingPositionTimestamp",
        "TumblingWindowInSeconds",
    ];

    public static TemplateParts Parts { get; } = new()
    {
        Events =
        [
            new("DynamoDB", Expand)
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

    private static void Expand(SamEvent declared)
    {
        declared.Reader.OnlyKeys(declared.Properties, ["Stream", .. MappingProperties]);
        if (declared.Value("StartingPosition") is null) declared.Fail("a DynamoDB event must have a StartingPosition");
        // The real transform makes a policy of the destination's type.
        if (declared.Value("DestinationConfig") is TemplateMapping config
            && config.Find("OnFailure")?.Value is TemplateMapping failure && failure.Find("Type") is not null)
            declared.Fail("DestinationConfig.OnFailure.Type is not supported; write the policy yourself without it");
        if (declared.Value("Stream") is { } stream) declared.AddMapping(stream, MappingProperties);
        else declared.Fail("a DynamoDB event must have a Stream");
    }

    private static PolicyTemplate Template(string name, params string[] actions) => new(
        name, "TableName", [.. actions.Select(action => $"dynamodb:{action}")],
        [
            PolicyTemplate.Regional("dynamodb", "table/${tableName}"),
            PolicyTemplate.Regional("dynamodb", "table/${tableName}/index/*"),
        ], ResourceIsList: true);
}
