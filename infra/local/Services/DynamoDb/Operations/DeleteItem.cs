using Isobar.Local.Ownership;
using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Services.DynamoDb.Values;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Operations;

internal sealed record DeleteItemRequest(
    string? TableName, AttributeMap? Key, string? ConditionExpression,
    Dictionary<string, string>? ExpressionAttributeNames, PlaceholderValues? ExpressionAttributeValues,
    string? ReturnValues, string? ReturnValuesOnConditionCheckFailure,
    string? ReturnConsumedCapacity, string? ReturnItemCollectionMetrics);

/// <summary>Deletes an item; to delete one that is not there succeeds too.</summary>
/// <remarks>Source: Amazon DynamoDB API Reference, DeleteItem.</remarks>
internal static class DeleteItem
{
    public static WriteItemResponse Handle(Monitor<DynamoDbState> monitor, DeleteItemRequest request, CallScope scope)
    {
        var table = Parameters.Table(request.TableName, scope);
        var key = Parameters.Required(request.Key, "Key");
        Parameters.RefuseMetrics(request.ReturnConsumedCapacity, request.ReturnItemCollectionMetrics);
        var returnsOld = Parameters.ReturnsOld(request.ReturnValues);
        var returnsItem = Parameters.ReturnsItemOnFailure(request.ReturnValuesOnConditionCheckFailure);
        var condition = WriteExpressions.Condition(
            request.ConditionExpression, request.ExpressionAttributeNames, request.ExpressionAttributeValues);
        var done = monitor.Ask((state, now) => state.Write(new ItemDelete(table, key, condition, returnsItem), now));
        Capacity.Write(scope, done);
        return new WriteItemResponse(returnsOld ? done.Old : null);
    }
}
