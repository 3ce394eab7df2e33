using Amazon.DynamoDBv2.Model;
using Isobar.Domain;
using static Isobar.Tables.Attributes;

namespace Isobar.Jobs;

/// <summary>The transactions on a chunk's item and its job's item; both change or neither.</summary>
internal static class JobTransactions
{
    public static List<TransactWriteItem> Commit(
        string table, Dictionary<string, AttributeValue> chunkItem, ChunkMessage chunk, ChunkCounts counts,
        bool wasFailed)
    {
        // ROWS and MISSING are reserved words.
        var update = "ADD done :one, remaining :less, failed :failed, #rows :rows, accepted :accepted, "
            + "flagged :flagged, #missing :missing, malformed :malformed";
        var values = new Dictionary<string, AttributeValue>
        {
            [":one"] = Number(1),
            [":less"] = Number(-1),
            [":failed"] = Number(wasFailed ? -1 : 0),
            [":rows"] = Number(counts.Rows),
            [":accepted"] = Number(counts.Accepted),
            [":flagged"] = Number(counts.Flagged),
            [":missing"] = Number(counts.Missing),
            [":malformed"] = Number(counts.Malformed),
        };
        if (chunkItem.TryGetValue(JobSchema.Shards, out var shards))
        {
            update += ", shards :shards";
            values[":shards"] = shards;
        }

        return
        [
            PutChunk(table, chunkItem, wasFailed),
            AddToJob(
                table, chunk.Job, update, values, new() { ["#rows"] = "rows", ["#missing"] = "missing" }),
        ];
    }

    public static List<TransactWriteItem> MarkFailed(
        string table, Dictionary<string, AttributeValue> chunkItem, ChunkMessage chunk) =>
    [
        PutChunk(table, chunkItem, wasFailed: false),
        AddToJob(table, chunk.Job, "ADD failed :one", new() { [":one"] = Number(1) }, names: null),
    ];

    /// <summary>Whether a transaction was canceled because its second item, the job, does not exist.</summary>
    public static bool JobIsMissing(TransactionCanceledException canceled) =>
        canceled.CancellationReasons is [_, { Code: "ConditionalCheckFailed" }];

    /// <summary>Whether another writer was in the way, so that the same write may succeed after a wait.</summary>
    /// <remarks>
    /// Source: Amazon DynamoDB API Reference, TransactWriteItems, cancellation reasons. The SDK does not retry a single
    /// write that meets a transaction on its item (TransactionConflictException).
    /// </remarks>
    public static bool IsConflict(Exception e) => e switch
    {
        TransactionCanceledException canceled => canceled.CancellationReasons?.Any(reason => reason.Code is
            "ConditionalCheckFailed" or "TransactionConflict" or "ThrottlingError" or "ProvisionedThroughputExceeded")
            == true,
        TransactionConflictException or TransactionInProgressException => true,
        _ => false,
    };

    private static TransactWriteItem PutChunk(
        string table, Dictionary<string, AttributeValue> item, bool wasFailed) => new()
    {
        Put = wasFailed
            ? new Put
            {
                TableName = table,
                Item = item,
                ConditionExpression = "#state = :failed",
                ExpressionAttributeNames = new() { ["#state"] = "state" },
                ExpressionAttributeValues = new() { [":failed"] = Text(JobSchema.Failed) },
            }
            : new Put { TableName = table, Item = item, ConditionExpression = "attribute_not_exists(job)" },
    };

    private static TransactWriteItem AddToJob(
        string table, string job, string update, Dictionary<string, AttributeValue> values,
        Dictionary<string, string>? names) => new()
    {
        Update = new Update
        {
            TableName = table,
            Key = JobSchema.JobKey(job),
            UpdateExpression = update,
            ConditionExpression = "attribute_exists(job)",
            ExpressionAttributeValues = values,
            ExpressionAttributeNames = names,
        },
    };
}
