using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Isobar.Domain;
using Isobar.Functions;
using Isobar.Tables;

namespace Isobar.Jobs;

/// <summary>Writes jobs, their chunks and their timelines into the jobs table.</summary>
/// <param name="client">Configured by environment variables, without a Region or endpoint in code.</param>
/// <param name="table">The table's name.</param>
/// <param name="backoff">Waits before a conflicting write is tried again.</param>
/// <param name="retention">How long an item is kept after its last write (TTL).</param>
public sealed class JobWriter(IAmazonDynamoDB client, string table, Backoff backoff, Retention retention)
    : IJobWriter, IJobTimeline
{
    /// <summary>
    /// How often one write is tried when other writers conflict. All tries together take at most five round trips and
    /// 0.3 s of waiting.
    /// </summary>
    public const int Tries = 5;

    private const string UnknownReason = "the last attempt recorded no reason (throttle, timeout, crash or kill)";

    public async Task OpenAsync(Job job, string? refusal, CancellationToken cancellationToken)
    {
        // The entry in the list of jobs is written before the job, so that an interruption never leaves a job that is
        // not listed; readers skip an entry without a job.
        await client.PutItemAsync(table, retention.Stamp(JobList.Entry(job)), cancellationToken);
        await TryAsync(
            () => PutIfAbsentAsync(JobSchema.JobItem(job, refusal), cancellationToken), cancellationToken);
    }

    public async Task<ChunkState> StateAsync(string job, long start, CancellationToken cancellationToken) =>
        JobSchema.ReadState(await ReadAsync(JobSchema.ChunkKey(job, start), cancellationToken));

    public Task<bool> CommitAsync(
        ChunkMessage chunk, ChunkCounts counts, IReadOnlyList<int> shards, CancellationToken cancellationToken) =>
        WriteChunkAsync(chunk, state => state == ChunkState.Done ? null : JobTransactions.Commit(
            table, retention.Stamp(JobSchema.DoneItem(chunk, counts, shards)), chunk, counts,
            wasFailed: state == ChunkState.Failed), cancellationToken);

    public Task RecordFailedAttemptAsync(ChunkMessage chunk, string reason, CancellationToken cancellationToken) =>
        client.PutItemAsync(table, retention.Stamp(JobSchema.AttemptItem(chunk, reason)), cancellationToken);

    public async Task<bool> MarkFailedAsync(ChunkMessage chunk, CancellationToken cancellationToken)
    {
        var attempt = await ReadAsync(JobSchema.AttemptKey(chunk), cancellationToken);
        var reason = attempt?.OptionalText("reason") ?? UnknownReason;
        return await WriteChunkAsync(chunk, state => state != ChunkState.Open ? null : JobTransactions.MarkFailed(
            table, retention.Stamp(JobSchema.FailedItem(chunk, reason)), chunk), cancellationToken);
    }

    public Task<bool> AddAsync(
        string job, JobEvent entry, IReadOnlyDictionary<string, string> details, CancellationToken cancellationToken)
    {
        var item = JobSchema.EventItem(job, entry);
        foreach (var (name, value) in details) item.TryAdd(name, Attributes.Text(value));
        return PutIfAbsentAsync(item, cancellationToken);
    }

    private async Task<bool> PutIfAbsentAsync(
        Dictionary<string, AttributeValue> item, CancellationToken cancellationToken)
    {
        try
        {
            await client.PutItemAsync(
                new PutItemRequest
                {
                    TableName = table,
                    Item = retention.Stamp(item),
                    ConditionExpression = "attribute_not_exists(job)",
                },
                cancellationToken);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
    }

    private async Task<Dictionary<string, AttributeValue>?> ReadAsync(
        Dictionary<string, AttributeValue> key, CancellationToken cancellationToken)
    {
        var response = await client.GetItemAsync(
            new GetItemRequest { TableName = table, Key = key, ConsistentRead = true }, cancellationToken);
        return response.Item;
    }

    // Optimistic concurrency: reads the chunk's state, and writes on the condition that it is unchanged. If another
    // writer changed it, TryAsync runs both steps again. `write` returns null when there is nothing to write.
    private Task<bool> WriteChunkAsync(
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
            catch (TransactionCanceledException e) when (JobTransactions.JobIsMissing(e))
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
            catch (Exception e) when (JobTransactions.IsConflict(e))
            {
                if (attempt == Tries) throw new JobsConflictException(attempt, e);
                await backoff.WaitAsync(attempt, cancellationToken);
            }
        }
    }
}
