using Isobar.Local.Ownership;
using Isobar.Local.Services.DynamoDb.Expressions;
using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Services.DynamoDb.Values;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Operations;

internal sealed record TransactGet(
    string? TableName, AttributeMap? Key, string? ProjectionExpression,
    Dictionary<string, string>? ExpressionAttributeNames);

internal sealed record TransactGetItem(TransactGet? Get);

internal sealed record TransactGetItemsRequest(List<TransactGetItem?>? TransactItems, string? ReturnConsumedCapacity);

/// <param name="Responses">One for each item asked for, in order; empty where there is none.</param>
internal sealed record TransactGetItemsResponse(List<GetItemResponse> Responses);

/// <summary>Returns up to 100 items as they are at one instant.</summary>
/// <remarks>Source: Amazon DynamoDB API Reference, TransactGetItems.</remarks>
internal static class TransactGetItems
{
    public static TransactGetItemsResponse Handle(
        Monitor<DynamoDbState> monitor, TransactGetItemsRequest request, CallScope scope)
    {
        var asked = Parameters.Required(request.TransactItems, "TransactItems");
        Parameters.RefuseMetrics(request.ReturnConsumedCapacity);
        if (asked.Count is 0 or > DynamoDbLimits.TransactionItems) throw DynamoDbErrors.TransactionLength(asked.Count);
        var reads = asked.ConvertAll(item => Read(item?.Get, scope));
        var items = monitor.Ask((state, _) => state.TransactGet([.. reads.Select(read => (read.Table, read.Key))]));
        Capacity.TransactRead(scope, items);
        return new TransactGetItemsResponse([.. items.Zip(
            reads, (item, read) => new GetItemResponse(ReadExpressions.Cut(item, read.Projection)))]);
    }

    private static (TableName Table, AttributeMap Key, Projection? Projection) Read(TransactGet? get, CallScope scope)
    {
        if (get is null) throw DynamoDbErrors.Missing("Get");
        var table = Parameters.Table(get.TableName, scope);
        var key = Parameters.Required(get.Key, "Key");
        return (table, key, ReadExpressions.Projection(get.ProjectionExpression, get.ExpressionAttributeNames));
    }
}
