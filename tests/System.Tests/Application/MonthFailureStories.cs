using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;

namespace Isobar.Stories.Application;

/// <summary>Where what Finalize and Summarize fail on ends.</summary>
[Collection(OneStack.Name)]
public sealed class MonthFailureStories(StackFixture stack)
{
    /// <summary>Local: its batch is tried eleven times, and Lambda waits longer each time.</summary>
    [Fact]
    public async Task A_change_that_Finalize_cannot_read_ends_in_its_failures_queue_and_those_behind_it_go_on()
    {
        var key = new Dictionary<string, AttributeValue> { ["job"] = new("poison"), ["item"] = new("job") };
        await stack.Stack.DynamoDb.PutItemAsync(
            stack.Stack.JobsTable,
            new Dictionary<string, AttributeValue>(key) { ["remaining"] = new AttributeValue { N = "0" } });
        // Other stories read all jobs.
        await stack.Stack.DynamoDb.DeleteItemAsync(stack.Stack.JobsTable, key);

        var record = await stack.UntilAsync(
            () => Queues.TakeAsync(stack.Stack, stack.Stack.FinalizeFailuresQueueUrl, _ => true),
            found => found is not null);

        var batch = record!["DDBStreamBatchInfo"]!;
        Assert.Equal(1, (int)batch["batchSize"]!);
        Assert.Contains(stack.Stack.JobsTable, (string)batch["streamArn"]!, StringComparison.Ordinal);
        var landed = await stack.Landings.PutSampleAsync("months/behind.csv", "XIW00000003.csv");
        var job = (await stack.SettleAsync(landed)).Single();
        await stack.UntilAsync(
            () => stack.Landings.ResultsAsync($"months/{job.Id}/"), found => found.Count > 0);
    }

    /// <summary>Local: five visibility timeouts are an hour.</summary>
    [Fact]
    public async Task A_message_that_Summarize_cannot_read_is_tried_five_times_and_ends_in_the_dead_letter_queue()
    {
        var before = stack.Host.Journal.LastSequence;
        await stack.Stack.Calls.SqsAsync("SendMessage", new JsonObject
        {
            ["QueueUrl"] = stack.Stack.SummariesQueueUrl,
            ["MessageBody"] = """{"what":"no summary message"}""",
            ["MessageGroupId"] = "poison",
            ["MessageDeduplicationId"] = $"{before}",
        });

        await stack.UntilAsync(
            () => Queues.TakeAsync(
                stack.Stack, stack.Stack.SummariesDeadLetterQueueUrl, body => body["what"] is not null),
            found => found is not null);

        var moved = Assert.Single(stack.Facts<Local.Services.Sqs.MessageMovedToDeadLetterQueue>(before));
        Assert.Equal(5, moved.ReceiveCount);
    }
}
