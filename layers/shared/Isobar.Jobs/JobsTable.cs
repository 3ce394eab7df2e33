using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Isobar.Domain;

namespace Isobar.Jobs;

/// <summary>
/// Jobs in DynamoDB: partition key <c>job</c>; sort key <c>item</c>, which is <c>job</c>, <c>chunk#&lt;start&gt;</c> or
/// <c>attempt#&lt;start&gt;</c>.
/// </summary>
/// <param name="client">Names no region or address: both come from the environment.</param>
/// <param name="table">The table's name.</param>
/// <param name="delays">Waits between the tries of a transaction.</param>
public sealed class JobsTable(IAmazonDynamoDB client, string table, ConflictDelays delays) : IJobs
{
    private const string UnknownReason = "the last attempt ended without an answer (timeout, crash or kill)";

    public async Task OpenAsync(Job job, string? refusal, CancellationToken cancellationToken)
    {
        var item = JobItems.Open(job, refusal);
        try
        {
            await client.PutItemAsync(
                new PutItemRequest { TableName = table, Item = item, ConditionExpression = "attribute_not_exists(job)" },
                cancellationToken);
        }
        catch (ConditionalCheckFailedException)
        {
            // The job is there: an earlier delivery of the same event opened it.
        }
    }

    public async Task<ChunkState> StateAsync(string job, long start, CancellationToken cancellationToken)
    {
        var chunk = await ReadAsync(JobItems.ChunkKey(job, start), cancellationToken);
        return JobItems.StateOf(chunk);
    }

    public Task CommitAsync(ChunkMessage chunk, ChunkCounts counts, CancellationToken cancellationToken) =>
        SettleAsync(chunk, state => state switch
        {
            ChunkState.Done => null,
            _ => JobItems.Commit(table, chunk, counts, wasFailed: state == ChunkState.Failed),
        }, cancellationToken);

    public Task NoteFailureAsync(ChunkMessage chunk, string reason, CancellationToken cancellationToken) =>
        client.PutItemAsync(table, JobItems.Attempt(chunk, reason), cancellationToken);

    public async Task GiveUpAsync(ChunkMessage chunk, CancellationToken cancellationToken)
    {
        var attempt = await ReadAsync(JobItems.AttemptKey(chunk), cancellationToken);
        var reason = JobItems.ReasonOf(attempt) ?? UnknownReason;
        await SettleAsync(
            chunk, state => state == ChunkState.Open ? JobItems.GiveUp(table, chunk, reason) : null, cancellationToken);
    }

    private async Task<Dictionary<string, AttributeValue>?> ReadAsync(
        Dictionary<string, AttributeValue> key, CancellationToken cancellationToken)
    {
        var answer = await client.GetItemAsync(
            new GetItemRequest { TableName = table, Key = key, ConsistentRead = true }, cancellationToken);
        return answer.Item;
    }

    // The chunk's state decides what to write, and the write is conditional on that state: where it changed in
    // between, it is read again.
    private async Task SettleAsync(
        ChunkMessage chunk, Func<ChunkState, List<TransactWriteItem>?> write, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var items = write(await StateAsync(chunk.Job, chunk.Start, cancellationToken));
            if (items is null) return;
            try
            {
                await client.TransactWriteItemsAsync(
                    new TransactWriteItemsRequest { TransactItems = items }, cancellationToken);
                return;
            }
            catch (Exception e) when (IsConflict(e))
            {
                if (attempt == ConflictDelays.Tries) throw new JobsConflictException(attempt, e);
                await delays.WaitAsync(attempt, cancellationToken);
            }
        }
    }

    private static bool IsConflict(Exception e) => e switch
    {
        TransactionCanceledException canceled => canceled.CancellationReasons.Any(
            reason => reason.Code is "ConditionalCheckFailed" or "TransactionConflict" or "ThrottlingError"),
        TransactionConflictException or TransactionInProgressException => true,
        _ => false,
    };
}
