using Isobar.Local.Ownership;
using Isobar.Local.Services.DynamoDb.Expressions;
using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Services.DynamoDb.Values;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Operations;

internal sealed record UpdateItemRequest(
    string? TableName, AttributeMap? Key, string? UpdateExpression, string? ConditionExpression,
    Dictionary<string, string>? ExpressionAttributeNames, PlaceholderValues? ExpressionAttributeValues,
    string? ReturnValues, string? ReturnValuesOnConditionCheckFailure,
    string? ReturnConsumedCapacity, string? ReturnItemCollectionMetrics);

/// <summary>Changes attributes of an item, which comes into being if it is not there.</summary>
/// <remarks>Source: Amazon DynamoDB API Reference, UpdateItem.</remarks>
internal static class UpdateItem
{
    public static WriteItemResponse Handle(Monitor<DynamoDbState> monitor, UpdateItemRequest request, CallScope scope)
    {
        var table = Parameters.Table(request.TableName, scope);
        var key = Parameters.Required(request.Key, "Key");
        Parameters.RefuseMetrics(request.ReturnConsumedCapacity, request.ReturnItemCollectionMetrics);
        Parameters.ReturnValues(request.ReturnValues);
        var returnsItem = Parameters.ReturnsItemOnFailure(request.ReturnValuesOnConditionCheckFailure);
        var (update, condition) = WriteExpressions.Update(request.UpdateExpression, request.ConditionExpression,
            request.ExpressionAttributeNames, request.ExpressionAttributeValues);
        var done = monitor.Ask((state, now) =>
            state.Write(new ItemUpdate(table, key, update, condition, returnsItem), now));
        Capacity.Write(scope, done);
        return new WriteItemResponse(request.ReturnValues switch
        {
            "ALL_OLD" => done.Old,
            "ALL_NEW" => done.New,
            "UPDATED_OLD" => Updated(done.Old, update),
            "UPDATED_NEW" => Updated(done.New, update),
            _ => null,
        });
    }

    private static AttributeMap? Updated(AttributeMap? item, Update? update) =>
        item is not null && update is not null && new Projection(update.Paths).Apply(item) is { Count: > 0 } updated
            ? updated
            : null;
}
