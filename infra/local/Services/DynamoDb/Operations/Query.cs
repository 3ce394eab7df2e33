using Isobar.Local.Ownership;
using Isobar.Local.Services.DynamoDb.Expressions;
using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Services.DynamoDb.Values;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Operations;

internal sealed record QueryRequest(
    string? TableName, string? IndexName, string? KeyConditionExpression, string? FilterExpression,
    string? ProjectionExpression, Dictionary<string, string>? ExpressionAttributeNames,
    PlaceholderValues? ExpressionAttributeValues, string? Select, int? Limit, bool? ScanIndexForward,
    AttributeMap? ExclusiveStartKey, bool? ConsistentRead, string? ReturnConsumedCapacity);

/// <param name="Items">Null when only the count was asked for.</param>
internal sealed record PageResponse(
    IReadOnlyList<AttributeMap>? Items, int Count, int ScannedCount, AttributeMap? LastEvaluatedKey);

/// <summary>Reads the items of one partition of a table or an index in the order of their sort keys.</summary>
/// <remarks>Source: Amazon DynamoDB API Reference, Query.</remarks>
internal static class Query
{
    public static PageResponse Handle(Monitor<DynamoDbState> monitor, QueryRequest request, CallScope scope)
    {
        var table = Parameters.Table(request.TableName, scope);
        Parameters.Limit(request.Limit);
        Parameters.RefuseMetrics(request.ReturnConsumedCapacity);
        PageAnswer.CheckSelect(request.Select, request.ProjectionExpression, request.IndexName);
        var placeholders = new Placeholders(request.ExpressionAttributeNames, request.ExpressionAttributeValues,
            ("ProjectionExpression", request.ProjectionExpression), ("FilterExpression", request.FilterExpression),
            ("KeyConditionExpression", request.KeyConditionExpression));
        var keyCondition = ConditionParser.Parse(
            "KeyConditionExpression", request.KeyConditionExpression, placeholders) ?? throw DynamoDbErrors.Validation(
            "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
        var filter = ConditionParser.Parse("FilterExpression", request.FilterExpression, placeholders);
        var projection = Projection.Parse(request.ProjectionExpression, placeholders);
        placeholders.RefuseUnused();

        var read = PageAnswer.Read(request.IndexName, request.Select, projection, request.ConsistentRead);
        var page = monitor.Ask((state, _) => state.Query(table, keyCondition, new PageRequest(
            filter, request.ExclusiveStartKey, request.Limit, request.ScanIndexForward ?? true), read));
        Capacity.Read(scope, page, request.ConsistentRead);
        return PageAnswer.Of(page, request.Select, projection);
    }
}
