using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Isobar.Domain;

namespace Isobar.Jobs;

/// <summary>
/// Jobs in DynamoDB: partition key <c>job</c>; sort key <c>item</c>, which is <c>job</c>, <c>chunk#&lt;start&gt;</c>,
/// <c>attempt#&lt;start&gt;</c> or <c>event#&lt;kind&gt;#&lt;id&gt;</c>. One partition more lists the jobs
/// (<see cref="Listing"/>).
/// </summary>
/// <param name="client">Names no region or address: both come from the environment.</param>
/// <param name="table">The table's name.</param>
/// <param name="delays">Waits between the tries of a transaction.</param>
public sealed class JobsTable(IAmazonDynamoDB client, string table, ConflictDelays delays) : IJobs
{
    private const string UnknownReason = "the last attempt ended without an answer (timeout, crash or kill)";

    public async Task OpenAsync(Job job, string? refusal, CancellationToken cancellationToken)
    {
        var request = new PutItemRequest
        {
            TableName = table,
            Item = JobItems.Open(job, refusal),
            ConditionExpression = "attribute_not_exists(job)",
        };
        // First, so that there is never a job that can't be listed; whoever lists skips what is not there yet.
        await client.PutItemAsync(table, JobItems.Listed(job), cancellationToken);
        await TryAsync(async () =>
        {
            try
            {
                await client.PutItemAsync(request, cancellationToken);
            }
            catch (ConditionalCheckFailedException)
            {
                // The job is there: an earlier delivery of the same event opened it.
            }

            return true;
        }, cancellationToken);
    }

    public async Task<ChunkState> StateAsync(string job, long start, CancellationToken cancellationToken)
    {
        var chunk = await ReadAsync(JobItems.ChunkKey(job, start), cancellationToken);
        return JobItems.StateOf(chunk);
    }

    public Task<bool> CommitAsync(ChunkMessage chunk, ChunkCounts counts, CancellationToken cancellationToken) =>
        SettleAsync(chunk, state => state switch
        {
            ChunkState.Done => null,
            _ => JobItems.Commit(table, chunk, counts, wasFailed: state == ChunkState.Failed),
        }, cancellationToken);

    public Task NoteFailureAsync(ChunkMessage chunk, string reason, CancellationToken cancellationToken) =>
        client.PutItemAsync(table, JobItems.Attempt(chunk, reason), cancellationToken);

    public async Task<bool> GiveUpAsync(ChunkMessage chunk, CancellationToken cancellationToken)
    {
        var attempt = await ReadAsync(JobItems.AttemptKey(chunk), cancellationToken);
        var reason = JobItems.ReasonOf(attempt) ?? UnknownReason;
        return await SettleAsync(
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
    private Task<bool> SettleAsync(
        ChunkMessage chunk, Func<ChunkState, List<TransactWriteItem>?> write, CancellationToken cancellationToken) =>
        TryAsync(async () =>
        {
            var items = write(await StateAsync(chunk.Job, chunk.Start, cancellationToken));
            if (items is null) return false;
            try
            {
                await client.TransactWriteItemsAsync(
                    new TransactWriteItemsRequest { TransactItems = items }, cancellationToken);
            }
            catch (TransactionCanceledException e) when (JobItems.JobIsMissing(e))
            {
                throw new JobMissingException(chunk.Job);
            }

            return true;
        }, cancellationToken);

    private async Task<bool> TryAsync(Func<Task<bool>> write, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await write();
            }
            catch (Exception e) when (IsConflict(e))
            {
                if (attempt == ConflictDelays.Tries) throw new JobsConflictException(attempt, e);
                await delays.WaitAsync(attempt, cancellationToken);
            }
        }
    }

    // Source: Amazon DynamoDB API Reference, TransactWriteItems, cancellation reasons. A single write that meets a
    // transaction on its item is refused too (TransactionConflictException), and the SDK does not repeat it.
    private static bool IsConflict(Exception e) => e switch
    {
        TransactionCanceledException canceled => canceled.CancellationReasons?.Any(reason => reason.Code is
            "ConditionalCheckFailed" or "TransactionConflict" or "ThrottlingError" or "ProvisionedThroughputExceeded")
            == true,
        TransactionConflictException or TransactionInProgressException => true,
        _ => false,
    };
}
