using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using Amazon.SQS.Model;
using Isobar.Local.History;
using Isobar.Local.Lambda.EventSources.Streams;

namespace Isobar.Local.Tour;

/// <summary>
/// A change of the jobs table that Finalize can't read, between changes that it can: bisecting isolates it.
/// </summary>
internal sealed class PoisonedChange(
    LocalHost host, StackClients clients, Jobs jobs, SignedCalls calls, TourReport report)
{
    private const string Function = "Finalize";
    private const string Unreadable = "tour-unreadable";

    // Eleven attempts, with 1, 2, 4, 8 and 16 s and five times 30 s between them.
    private static readonly TimeSpan AllAttempts = TimeSpan.FromMinutes(4);

    /// <param name="landed">Of which at least three are finished.</param>
    public async Task ShowAsync(IReadOnlyList<LandedVersion> landed, CancellationToken cancellationToken)
    {
        report.Heading("A change that can't be read, isolated in the stream of the jobs table");
        var before = host.Journal.LastSequence;
        var all = await jobs.AllAsync(cancellationToken);
        string[] good =
        [
            .. all.Where(job => job.State == "finished" && landed.Any(version => version.IsOf(job)))
                .Select(job => job.Id).Take(3),
        ];
        await ChangeAsync(good, cancellationToken);
        await host.ClockControl.AdvanceByAsync(AllAttempts, cancellationToken);
        await jobs.QuietAsync(cancellationToken);
        ShowBatches([.. host.Journal.After(before).Select(entry => entry.Fact)], good.Length);
        await FollowAsync(cancellationToken);
    }

    private async Task ChangeAsync(string[] good, CancellationToken cancellationToken)
    {
        var key = KeyOf(Unreadable);
        // The first is read alone; the others wait for that batch, and are the next.
        await clients.DynamoDb.TransactWriteItemsAsync(
            new TransactWriteItemsRequest
            {
                TransactItems =
                [
                    Kept(good[0]), Kept(good[1]),
                    new TransactWriteItem
                    {
                        Put = new Put
                        {
                            TableName = clients.JobsTable,
                            Item = new(key) { ["remaining"] = new AttributeValue { N = "0" } },
                        },
                    },
                    Kept(good[2]),
                ],
            },
            cancellationToken);
        // It is no job, and only the stream still has to have it.
        await clients.DynamoDb.DeleteItemAsync(clients.JobsTable, key, cancellationToken);
    }

    // A finished job that is kept for a second longer: Finalize sends the messages again that it has sent.
    private TransactWriteItem Kept(string job) => new()
    {
        Update = new Update
        {
            TableName = clients.JobsTable,
            Key = KeyOf(job),
            UpdateExpression = "SET expiresAt = expiresAt + :second",
            ExpressionAttributeValues = new() { [":second"] = new AttributeValue { N = "1" } },
        },
    };

    private void ShowBatches(IFact[] facts, int good)
    {
        int[] sizes =
        [
            .. facts.OfType<StreamBatchInvoked>().Where(fact => IsIt(fact.FunctionName)).Select(fact => fact.Records),
        ];
        var taken = facts.OfType<StreamBatchSucceeded>().Where(fact => IsIt(fact.FunctionName))
                .Sum(fact => fact.Records)
            + facts.OfType<StreamBatchFailed>().Where(fact => IsIt(fact.FunctionName)).Sum(fact => fact.Taken);
        int[] givenUp =
        [
            .. facts.OfType<StreamBatchGivenUp>().Where(fact => IsIt(fact.FunctionName)).Select(fact => fact.Records),
        ];
        report.Check(sizes.Max() > 1 && taken == good && givenUp is [1],
            $"{good + 1} changes in batches of {Runs(sizes)}: {taken} are taken, "
                + $"{string.Join(", ", givenUp)} is given up");
    }

    // From the record of the failure to the change in the stream, as who mends it does.
    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var received = await clients.Sqs.ReceiveMessageAsync(clients.FinalizeFailuresQueueUrl, cancellationToken);
        var message = received.Messages?.FirstOrDefault();
        var record = JsonNode.Parse(message?.Body ?? "{}")!;
        var batch = record["DDBStreamBatchInfo"];
        var found = "";
        if (message is not null && batch is not null)
        {
            var iterator = await StreamsAsync("GetShardIterator", new JsonObject
            {
                ["StreamArn"] = (string?)batch["streamArn"],
                ["ShardId"] = (string?)batch["shardId"],
                ["ShardIteratorType"] = "AT_SEQUENCE_NUMBER",
                ["SequenceNumber"] = (string?)batch["startSequenceNumber"],
            }, cancellationToken);
            var records = await StreamsAsync("GetRecords", new JsonObject
            {
                ["ShardIterator"] = (string?)iterator["ShardIterator"], ["Limit"] = 1,
            }, cancellationToken);
            found = (string?)records["Records"]?[0]?["dynamodb"]?["Keys"]?["job"]?["S"] ?? "";
            await clients.Sqs.DeleteMessageAsync(
                clients.FinalizeFailuresQueueUrl, message.ReceiptHandle, cancellationToken);
        }

        var condition = (string?)record["requestContext"]?["condition"];
        report.Check((int?)batch?["batchSize"] == 1 && condition == "RetryAttemptsExhausted" && found == Unreadable,
            $"its place in the stream is in a queue, {condition} after "
                + $"{record["requestContext"]?["approximateInvokeCount"]} attempts; what is there: {found}");
    }

    private Task<JsonNode> StreamsAsync(string action, JsonObject body, CancellationToken cancellationToken) =>
        calls.JsonAsync("dynamodb", $"DynamoDBStreams_20120810.{action}", body, cancellationToken);

    private static Dictionary<string, AttributeValue> KeyOf(string job) => new()
    {
        ["job"] = new AttributeValue(job), ["item"] = new AttributeValue("job"),
    };

    private static bool IsIt(string functionName) => functionName.Contains(Function, StringComparison.Ordinal);

    // 1, 3, 2, 12 × 1.
    private static string Runs(int[] sizes)
    {
        var runs = new List<(int Size, int Times)>();
        foreach (var size in sizes)
        {
            if (runs.Count > 0 && runs[^1].Size == size) runs[^1] = (size, runs[^1].Times + 1);
            else runs.Add((size, 1));
        }

        return string.Join(", ", runs.Select(run => run.Times == 1 ? $"{run.Size}" : $"{run.Times} × {run.Size}"));
    }
}
