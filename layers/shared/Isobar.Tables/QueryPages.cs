using System.Runtime.CompilerServices;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Isobar.Tables;

/// <summary>Reads all pages of a query: DynamoDB answers with at most 1 MB at a time.</summary>
/// <remarks>Source: Amazon DynamoDB API Reference, Query.</remarks>
public static class QueryPages
{
    /// <summary>The items of all pages, in the query's order. A page is read when the one before is used up.</summary>
    /// <param name="request">Used for all pages, and changed by it.</param>
    public static async IAsyncEnumerable<Dictionary<string, AttributeValue>> ItemsAsync(
        this IAmazonDynamoDB client, QueryRequest request,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            var page = await client.QueryAsync(request, cancellationToken);
            foreach (var item in page.Items ?? []) yield return item;
            request.ExclusiveStartKey = page.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
    }
}
