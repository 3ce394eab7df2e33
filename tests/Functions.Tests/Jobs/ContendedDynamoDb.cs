using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;

namespace Isobar.Functions.Tests.Jobs;

/// <summary>A client in whose way something comes before a write.</summary>
/// <param name="before">Runs before each write with its number, from 1; throws what the write is to fail with.</param>
internal sealed class ContendedDynamoDb(JobsTableOnPortZero table, Func<int, Task> before)
    : AmazonDynamoDBClient(JobsTableOnPortZero.Credentials, table.Config)
{
    public int Writes { get; private set; }

    /// <summary>What DynamoDB answers when one of two items is in another transaction.</summary>
    public static TransactionCanceledException Conflict() => Canceled("None", "TransactionConflict");

    public static TransactionCanceledException Canceled(params string[] codes) => new("Transaction cancelled")
    {
        CancellationReasons = [.. codes.Select(code => new CancellationReason { Code = code })],
    };

    public override async Task<TransactWriteItemsResponse> TransactWriteItemsAsync(
        TransactWriteItemsRequest request, CancellationToken cancellationToken = default)
    {
        await before(++Writes);
        return await base.TransactWriteItemsAsync(request, cancellationToken);
    }

    public override async Task<PutItemResponse> PutItemAsync(
        PutItemRequest request, CancellationToken cancellationToken = default)
    {
        await before(++Writes);
        return await base.PutItemAsync(request, cancellationToken);
    }
}
