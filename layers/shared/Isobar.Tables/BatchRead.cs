using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Isobar.Functions;

namespace Isobar.Tables;

/// <summary>Reads many items by their keys.</summary>
/// <param name="client">Configured by environment variables, without a Region or endpoint in code.</param>
/// <param name="table">The table's name.</param>
/// <param name="backoff">Waits before the keys that DynamoDB left unprocessed are asked for again.</param>
public sealed class BatchRead(IAmazonDynamoDB client, string table, Backoff backoff)
{
    /// <summary>Keys in a call. Source: Amazon DynamoDB API Reference, BatchGetItem.</summary>
    public const int MaxKeys = 100;

    /// <summary>Calls for the same keys that may leave some unprocessed.</summary>
    public const int Tries = 5;

    /// <param name="keys">Each once; in any number.</param>
    /// <returns>The items that exist, in no order.</returns>
    /// <exception cref="IOException">DynamoDB left keys unprocessed on each of the tries.</exception>
    public async Task<IReadOnlyList<Dictionary<string, AttributeValue>>> ItemsAsync(
        IEnumerable<Dictionary<string, AttributeValue>> keys, bool consistentRead, CancellationToken cancellationToken)
    {
        var items = new List<Dictionary<string, AttributeValue>>();
        foreach (var chunk in keys.Chunk(MaxKeys))
        {
            var wanted = new KeysAndAttributes { Keys = [.. chunk], ConsistentRead = consistentRead };
            await AddAsync(items, new() { [table] = wanted }, cancellationToken);
        }

        return items;
    }

    private async Task AddAsync(
        List<Dictionary<string, AttributeValue>> items, Dictionary<string, KeysAndAttributes> rest,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await client.BatchGetItemAsync(
                new BatchGetItemRequest { RequestItems = rest }, cancellationToken);
            items.AddRange(answer.Responses?.GetValueOrDefault(table) ?? []);
            rest = answer.UnprocessedKeys;
            if (rest is not { Count: > 0 }) return;
            if (attempt == Tries)
                throw new IOException($"DynamoDB left keys of table {table} unprocessed {Tries} times.");
            await backoff.WaitAsync(attempt, cancellationToken);
        }
    }
}
