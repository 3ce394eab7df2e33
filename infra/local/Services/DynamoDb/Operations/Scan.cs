using Isobar.Local.Ownership;
using Isobar.Local.Services.DynamoDb.Expressions;
using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Services.DynamoDb.Values;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Operations;

internal sealed record ScanRequest(
    string? TableName, string? IndexName, string? FilterExpression, string? ProjectionExpression,
    Dictionary<string, string>? ExpressionAttributeNames, PlaceholderValues? ExpressionAttributeValues,
    string? Select, int? Limit, AttributeMap? ExclusiveStartKey, bool? ConsistentRead, string? ReturnConsumedCapacity);

/// <summary>Reads all items of a table or an index.</summary>
/// <remarks>Source: Amazon DynamoDB API Reference, Scan. Parallel scans are not built.</remarks>
internal static class Scan
{
    public static PageResponse Handle(Monitor<DynamoDbState> monitor, ScanRequest request, CallScope scope)
    {
        var table = Parameters.Table(request.TableName, scope);
        Parameters.Limit(request.Limit);
        Parameters.RefuseMetrics(request.ReturnConsumedCapacity);
        PageAnswer.CheckSelect(request.Select, request.ProjectionExpression, request.IndexName);
        var placeholders = new Placeholders(request.ExpressionAttributeNames, request.ExpressionAttributeValues,
            ("ProjectionExpression", request.ProjectionExpression), ("FilterExpression", request.FilterExpression));
        var filter = ConditionParser.Parse("FilterExpression", request.FilterExpression, placeholders);
        var projection = Projection.Parse(request.ProjectionExpression, placeholders);
        placeholders.RefuseUnused();

        var read = PageAnswer.Read(request.IndexName, request.Select, projection, request.ConsistentRead);
        var page = monitor.Ask((state, _) =>
            state.Scan(table, new PageRequest(filter, request.ExclusiveStartKey, request.Limit), read));
        Capacity.Read(scope, page, request.ConsistentRead);
        return PageAnswer.Of(page, request.Select, projection);
    }
}
