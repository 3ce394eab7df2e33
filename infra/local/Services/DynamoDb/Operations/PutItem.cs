using Isobar.Local.Ownership;
using Isobar.Local.Services.DynamoDb.Expressions;
using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Services.DynamoDb.Values;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Operations;

internal sealed record PutItemRequest(
    string? TableName, AttributeMap? Item, string? ConditionExpression,
    Dictionary<string, string>? ExpressionAttributeNames, PlaceholderValues? ExpressionAttributeValues,
    string? ReturnValues, string? ReturnValuesOnConditionCheckFailure,
    string? ReturnConsumedCapacity, string? ReturnItemCollectionMetrics);

/// <param name="Attributes">Null when none were asked for or there are none.</param>
internal sealed record WriteItemResponse(AttributeMap? Attributes);

/// <summary>Puts an item in place of the one with the same key, if there is one.</summary>
/// <remarks>Source: Amazon DynamoDB API Reference, PutItem.</remarks>
internal static class PutItem
{
    public static WriteItemResponse Handle(Monitor<DynamoDbState> monitor, PutItemRequest request, CallScope scope)
    {
        var table = Parameters.Table(request.TableName, scope);
        var item = Parameters.Required(request.Item, "Item");
        Parameters.RefuseMetrics(request.ReturnConsumedCapacity, request.ReturnItemCollectionMetrics);
        var returnsOld = Parameters.ReturnsOld(request.ReturnValues);
        var returnsItem = Parameters.ReturnsItemOnFailure(request.ReturnValuesOnConditionCheckFailure);
        var condition = WriteExpressions.Condition(
            request.ConditionExpression, request.ExpressionAttributeNames, request.ExpressionAttributeValues);
        var done = monitor.Ask((state, now) => state.Write(new ItemPut(table, item, condition, returnsItem), now));
        Capacity.Write(scope, done);
        return new WriteItemResponse(returnsOld ? done.Old : null);
    }
}
