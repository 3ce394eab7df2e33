using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Isobar.Functions;

namespace Isobar.Tables;

/// <summary>Puts many items, without conditions.</summary>
/// <param name="client">Configured by environment variables, without a Region or endpoint in code.</param>
/// <param name="table">The table's name.</param>
/// <param name="backoff">Waits before the items that DynamoDB left unprocessed are sent again.</param>
/// <param name="callsAtATime">Calls under way at the same time.</param>
public sealed class BatchWrite(
    IAmazonDynamoDB client, string table, Backoff backoff, int callsAtATime = BatchWrite.DefaultCallsAtATime)
{
    /// <summary>Items in a call. Source: Amazon DynamoDB API Reference, BatchWriteItem.</summary>
    public const int MaxItems = 25;

    /// <summary>Calls under way at the same time, unless told otherwise.</summary>
    public const int DefaultCallsAtATime = 4;

    /// <summary>Calls for the same items that may leave some unprocessed.</summary>
    public const int Tries = 5;

    /// <param name="items">In any number, in no order, with different keys.</param>
    /// <exception cref="IOException">
    /// DynamoDB left items unprocessed on each of the tries. Some of the others are written: put all of them again.
    /// </exception>
    public async Task PutAsync(
        IEnumerable<Dictionary<string, AttributeValue>> items, CancellationToken cancellationToken)
    {
        var calls = new List<Task>();
        try
        {
            // Items are made while earlier ones are being written, so that few are in memory.
            foreach (var chunk in items.Chunk(MaxItems))
            {
                if (calls.Count == callsAtATime) await EndAnyAsync(calls);
                calls.Add(PutAsync(chunk, cancellationToken));
            }
        }
        finally
        {
            await Task.WhenAll(calls);
        }
    }

    private static async Task EndAnyAsync(List<Task> calls)
    {
        var ended = await Task.WhenAny(calls);
        calls.Remove(ended);
        await ended;
    }

    private Task PutAsync(Dictionary<string, AttributeValue>[] items, CancellationToken cancellationToken)
    {
        var writes = items.Select(item => new WriteRequest { PutRequest = new PutRequest { Item = item } });
        return WriteAsync(new() { [table] = [.. writes] }, cancellationToken);
    }

    private async Task WriteAsync(
        Dictionary<string, List<WriteRequest>> rest, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await client.BatchWriteItemAsync(
                new BatchWriteItemRequest { RequestItems = rest }, cancellationToken);
            rest = answer.UnprocessedItems;
            if (rest is not { Count: > 0 }) return;
            if (attempt == Tries)
                throw new IOException($"DynamoDB left items of table {table} unprocessed {Tries} times.");
            await backoff.WaitAsync(attempt, cancellationToken);
        }
    }
}
