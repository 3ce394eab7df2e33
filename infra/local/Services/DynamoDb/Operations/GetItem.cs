using Isobar.Local.Ownership;
using Isobar.Local.Services.DynamoDb.Expressions;
using Isobar.Local.Services.DynamoDb.Values;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Operations;

/// <param name="ConsistentRead">Every read is consistent here, as it may be at AWS.</param>
internal sealed record GetItemRequest(
    string? TableName, AttributeMap? Key, string? ProjectionExpression,
    Dictionary<string, string>? ExpressionAttributeNames, bool? ConsistentRead, string? ReturnConsumedCapacity);

/// <param name="Item">Null when there is none.</param>
internal sealed record GetItemResponse(AttributeMap? Item);

/// <summary>Returns the item with a key.</summary>
/// <remarks>Source: Amazon DynamoDB API Reference, GetItem.</remarks>
internal static class GetItem
{
    public static GetItemResponse Handle(Monitor<DynamoDbState> monitor, GetItemRequest request, CallScope scope)
    {
        var table = Parameters.Table(request.TableName, scope);
        var key = Parameters.Required(request.Key, "Key");
        Parameters.RefuseMetrics(request.ReturnConsumedCapacity);
        var projection = ReadExpressions.Projection(request.ProjectionExpression, request.ExpressionAttributeNames);
        var item = monitor.Ask((state, _) => state.GetItem(table, key));
        Capacity.Read(scope, [item], request.ConsistentRead);
        return new GetItemResponse(ReadExpressions.Cut(item, projection));
    }
}
