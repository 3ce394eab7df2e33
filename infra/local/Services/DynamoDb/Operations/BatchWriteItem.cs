using Isobar.Local.Ownership;
using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Services.DynamoDb.Values;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Operations;

internal sealed record PutRequest(AttributeMap? Item);

internal sealed record DeleteRequest(AttributeMap? Key);

internal sealed record WriteRequest(PutRequest? PutRequest, DeleteRequest? DeleteRequest);

internal sealed record BatchWriteItemRequest(
    Dictionary<string, List<WriteRequest?>?>? RequestItems,
    string? ReturnConsumedCapacity, string? ReturnItemCollectionMetrics);

/// <param name="UnprocessedItems">Always empty: nothing is throttled here.</param>
internal sealed record BatchWriteItemResponse(Dictionary<string, List<WriteRequest>> UnprocessedItems);

/// <summary>Puts or deletes up to 25 items of any tables.</summary>
/// <remarks>Source: Amazon DynamoDB API Reference, BatchWriteItem.</remarks>
internal static class BatchWriteItem
{
    public static BatchWriteItemResponse Handle(
        Monitor<DynamoDbState> monitor, BatchWriteItemRequest request, CallScope scope)
    {
        var requestItems = Parameters.Required(request.RequestItems, "RequestItems");
        Parameters.RefuseMetrics(request.ReturnConsumedCapacity, request.ReturnItemCollectionMetrics);
        if (requestItems.Count == 0 || requestItems.Values.Any(list => list is null or { Count: 0 }))
            throw DynamoDbErrors.Constraint("{}", "requestItems", "Map value must satisfy constraint: "
                + $"[Member must have length less than or equal to {DynamoDbLimits.BatchWriteItems}, "
                + "Member must have length greater than or equal to 1]");
        var writes = requestItems.SelectMany(entry => Writes(entry.Key, entry.Value!, scope)).ToList();
        if (writes.Count > DynamoDbLimits.BatchWriteItems) throw DynamoDbErrors.TooManyItems("BatchWriteItem");
        var done = monitor.Ask((state, now) => state.WriteBatch(writes, now));
        foreach (var write in writes) Capacity.Write(scope, (write as ItemPut)?.Item);
        Capacity.Indexes(scope, done);
        return new BatchWriteItemResponse([]);
    }

    private static IEnumerable<ItemWrite> Writes(string name, List<WriteRequest?> requests, CallScope scope)
    {
        var table = Parameters.Table(name, scope);
        return requests.Select(request => Write(table, request));
    }

    private static ItemWrite Write(TableName table, WriteRequest? request) => request switch
    {
        { PutRequest.Item: { } item, DeleteRequest: null } => new ItemPut(table, item),
        { PutRequest: null, DeleteRequest.Key: { } key } => new ItemDelete(table, key),
        { PutRequest: not null, DeleteRequest: not null } or null or { PutRequest: null, DeleteRequest: null } =>
            throw DynamoDbErrors.Validation(
                "A WriteRequest must contain exactly one of PutRequest and DeleteRequest"),
        { PutRequest: not null } => throw DynamoDbErrors.Missing("Item"),
        _ => throw DynamoDbErrors.Missing("Key"),
    };
}
