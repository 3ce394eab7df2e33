using Isobar.Local.Ownership;
using Isobar.Local.Services.DynamoDb.Expressions;
using Isobar.Local.Services.DynamoDb.Tables;
using Isobar.Local.Services.DynamoDb.Values;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb.Operations;

internal sealed record KeysAndAttributes(
    List<AttributeMap?>? Keys, string? ProjectionExpression,
    Dictionary<string, string>? ExpressionAttributeNames, bool? ConsistentRead);

internal sealed record BatchGetItemRequest(
    Dictionary<string, KeysAndAttributes?>? RequestItems, string? ReturnConsumedCapacity);

internal sealed record BatchGetItemResponse(
    Dictionary<string, List<AttributeMap>> Responses, Dictionary<string, KeysAndAttributes> UnprocessedKeys);

/// <summary>Returns up to 100 items of any tables; those that would make more than 16 MB come back as keys.</summary>
/// <remarks>Source: Amazon DynamoDB API Reference, BatchGetItem.</remarks>
internal static class BatchGetItem
{
    public static BatchGetItemResponse Handle(
        Monitor<DynamoDbState> monitor, BatchGetItemRequest request, CallScope scope)
    {
        var requestItems = Parameters.Required(request.RequestItems, "RequestItems");
        Parameters.RefuseMetrics(request.ReturnConsumedCapacity);
        if (requestItems.Count == 0)
            throw DynamoDbErrors.Constraint(
                "{}", "requestItems", "Member must have length greater than or equal to 1");
        var reads = requestItems.Select(entry => Read(entry.Key, entry.Value, scope)).ToList();
        if (reads.Sum(read => read.Keys.Count) > DynamoDbLimits.BatchGetKeys)
            throw DynamoDbErrors.TooManyItems("BatchGetItem");
        foreach (var read in reads)
            if (read.Keys.Distinct().Count() < read.Keys.Count) throw DynamoDbErrors.DuplicateKeys();

        var found = monitor.Ask((state, _) => reads
            .Select(read => read.Keys.ConvertAll(key => state.GetItem(read.Table, key))).ToList());
        foreach (var (read, items) in reads.Zip(found))
            Capacity.Read(scope, items, requestItems[read.Name]!.ConsistentRead);
        return Answer(requestItems, reads, found);
    }

    private static TableRead Read(string name, KeysAndAttributes? asked, CallScope scope)
    {
        var table = Parameters.Table(name, scope);
        var keys = asked?.Keys ?? throw DynamoDbErrors.Constraint(
            null, $"requestItems.{name}.member.keys", "Member must not be null");
        if (keys.Count == 0 || keys.Contains(null))
            throw DynamoDbErrors.Constraint(
                "[]", $"requestItems.{name}.member.keys", "Member must have length greater than or equal to 1");
        var projection = ReadExpressions.Projection(asked.ProjectionExpression, asked.ExpressionAttributeNames);
        return new TableRead(name, table, keys!, projection);
    }

    private static BatchGetItemResponse Answer(
        Dictionary<string, KeysAndAttributes?> requestItems, List<TableRead> reads, List<List<AttributeMap?>> found)
    {
        var response = new BatchGetItemResponse([], []);
        var bytes = 0L;
        foreach (var (read, items) in reads.Zip(found))
        {
            var returned = new List<AttributeMap>();
            var unprocessed = new List<AttributeMap?>();
            foreach (var (key, item) in read.Keys.Zip(items))
            {
                bytes += item?.Size ?? 0;
                if (bytes > DynamoDbLimits.BatchGetBytes) unprocessed.Add(key);
                else if (item is not null) returned.Add(ReadExpressions.Cut(item, read.Projection)!);
            }

            response.Responses[read.Name] = returned;
            if (unprocessed.Count > 0)
                response.UnprocessedKeys[read.Name] = requestItems[read.Name]! with { Keys = unprocessed };
        }

        return response;
    }

    private sealed record TableRead(string Name, TableName Table, List<AttributeMap> Keys, Projection? Projection);
}
