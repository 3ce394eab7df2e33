using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Recorded.Sqs;

public sealed class QueueCases : RecordedTest
{
    private const string DelayDiffers =
        "400 QueueAlreadyExists: A queue already exists with the same name and a different value for attribute "
        + "DelaySeconds";

    [Fact]
    [RecordedCase("sqs: test_create_queue_with_different_attributes_raises_exception")]
    public async Task A_queue_is_made_again_only_with_the_attributes_it_has()
    {
        var queue = await QueueAsync(attributes: """{"ReceiveMessageWaitTimeSeconds":"1","DelaySeconds":"1"}""");
        Assert.Equal(queue, await QueueAsync());
        Assert.Equal(queue, await QueueAsync(attributes: """{"DelaySeconds":"1"}"""));
        Assert.Equal(DelayDiffers, (await MakeAsync(2)).Error);
        (await SqsAsync("SetQueueAttributes", queue, """{"Attributes":{"DelaySeconds":"2"} }""")).Ok();
        (await MakeAsync(2)).Ok();
        Assert.Equal(DelayDiffers, (await MakeAsync(1)).Error);

        Task<Answer> MakeAsync(int delay) => SqsAsync("CreateQueue", null, $$"""
            {"QueueName":"queue","Attributes":{"ReceiveMessageWaitTimeSeconds":"1","DelaySeconds":"{{delay}}"} }
            """);
    }

    [Fact]
    [RecordedCase("sqs: test_create_and_update_queue_attributes")]
    public async Task Attributes_are_those_given_last_beside_the_usual_ones()
    {
        var queue = await QueueAsync(attributes:
            """{"MessageRetentionPeriod":"604800","ReceiveMessageWaitTimeSeconds":"10","VisibilityTimeout":"20"}""");
        Assert.Equal(Attributes(delay: 0, size: 1_048_576, retention: 604_800, wait: 10, visibility: 20),
            await AttributesAsync(queue));
        (await SqsAsync("SetQueueAttributes", queue,
            """{"Attributes":{"MaximumMessageSize":"2048","VisibilityTimeout":"69","DelaySeconds":"420"} }""")).Ok();
        Assert.Equal(Attributes(delay: 420, size: 2048, retention: 604_800, wait: 10, visibility: 69),
            await AttributesAsync(queue));
    }

    [Fact]
    [RecordedCase("sqs: test_set_unsupported_attribute_standard")]
    public async Task A_standard_queue_does_not_know_of_FIFO()
    {
        var queue = await QueueAsync();
        foreach (var value in new[] { "true", "false" })
        {
            var answer = await SqsAsync(
                "SetQueueAttributes", queue, $$"""{"Attributes":{"FifoQueue":"{{value}}"} }""");
            Assert.Equal("400 InvalidAttributeName: Unknown Attribute FifoQueue.", answer.Error);
        }
    }

    [Theory]
    [InlineData("FifoQueue", "false", "Unknown Attribute FifoQueue.")]
    [InlineData("ContentBasedDeduplication", "false", "Unknown Attribute ContentBasedDeduplication.")]
    [InlineData("DeduplicationScope", "queue",
        "You can specify the DeduplicationScope only when FifoQueue is set to true.")]
    [InlineData("FifoThroughputLimit", "perQueue",
        "You can specify the FifoThroughputLimit only when FifoQueue is set to true.")]
    [RecordedCase("sqs: test_create_standard_queue_with_fifo_attribute_raises_error")]
    public async Task A_standard_queue_is_not_made_with_what_only_FIFO_queues_have(
        string name, string value, string message)
    {
        var answer = await SqsAsync(
            "CreateQueue", null, $$"""{"QueueName":"queue","Attributes":{"{{name}}":"{{value}}"} }""");
        Assert.Equal($"400 InvalidAttributeName: {message}", answer.Error);
    }

    [Fact]
    [RecordedCase("sqs: test_set_empty_redrive_policy")]
    public async Task An_empty_redrive_policy_takes_away_the_one_there_was()
    {
        var url = await QueueAsync();
        // As recorded, the first two requests name the queue without its address.
        await SetAsync("queue", "");
        Assert.Equal(Attributes(), await AttributesAsync("queue"));
        var policy = $$"""{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:{{Account}}:queue","maxReceiveCount":42}""";
        await SetAsync(url, policy.Replace("42", "\"42\"", StringComparison.Ordinal));
        Assert.Equal(Attributes(redrive: policy), await AttributesAsync(url));
        await SetAsync(url, "");
        Assert.Equal(Attributes(), await AttributesAsync(url));

        async Task SetAsync(string queue, string given)
        {
            var answer = await SqsAsync("SetQueueAttributes", queue,
                new JsonObject { ["Attributes"] = new JsonObject { ["RedrivePolicy"] = given } }.ToJsonString());
            Assert.Equal("{}", answer.Ok().Text);
        }
    }

    [Fact]
    [RecordedCase("sqs: test_successive_purge_calls_fail")]
    public async Task A_queue_is_purged_once_a_minute()
    {
        var queue = await QueueAsync("chunks");
        (await SqsAsync("PurgeQueue", queue)).Ok();
        Assert.Equal(
            "403 AWS.SimpleQueueService.PurgeQueueInProgress: Only one PurgeQueue operation on chunks is allowed every "
            + "60 seconds.", (await SqsAsync("PurgeQueue", queue)).Error);
    }

    [Fact]
    [RecordedCase("sqs: test_list_queues_pagination")]
    public async Task Queues_are_listed_by_name_in_pages()
    {
        for (var i = 9; i >= 0; i--) await QueueAsync($"page-{i}");
        await QueueAsync("other");
        Assert.Equal(Listed(0, 10), (await ListAsync("""{"QueueNamePrefix":"page"}""")).Text);
        var two = await ListAsync("""{"QueueNamePrefix":"page","MaxResults":2}""");
        Assert.Equal(Listed(0, 2, hasMore: true), two.Text);
        Assert.Equal(Listed(2, 8), (await ListAsync(
            $$"""{"QueueNamePrefix":"page","MaxResults":10,"NextToken":"{{two.Body!["NextToken"]}}"}""")).Text);

        async Task<Answer> ListAsync(string json) => (await SqsAsync("ListQueues", null, json)).Ok();

        string Listed(int first, int count, bool hasMore = false) => AnswerText.OfText($$"""
            {"QueueUrls":[{{string.Join(',', Enumerable.Range(first, count).Select(i =>
                $"\"{Address}{Account}/page-{i}\""))}}]{{(hasMore ? ",\"NextToken\":\"t\"" : "")}} }
            """);
    }

    [Fact]
    [RecordedCase("sqs: test_non_existent_queue",
        Differs = "The third of its requests comes by the Query protocol of SQS, which the host refuses.")]
    public async Task A_queue_that_was_deleted_does_not_exist()
    {
        const string missing =
            "400 AWS.SimpleQueueService.NonExistentQueue: The specified queue does not exist.";
        var queue = await QueueAsync();
        (await SqsAsync("DeleteQueue", queue)).Ok();
        Assert.Equal(missing, (await SqsAsync("GetQueueAttributes", queue)).Error);
        Assert.Equal(missing, (await SqsAsync("GetQueueUrl", null, """{"QueueName":"queue"}""")).Error);
        RecordedAnswer.Differs(
            "400 AWS.SimpleQueueService.NonExistentQueue: The specified queue does not exist for this wsdl version.",
            "400 UnknownOperationException: The operation  is not known here.",
            (await QueryAsync("sqs", "GetQueueAttributes", ("QueueUrl", queue))).Error);
    }

    [Fact]
    [RecordedCase("sqs: test_basic_move_task_workflow", Differs = "Message move tasks are not built.")]
    public async Task Dead_letters_are_not_moved_back_by_a_task()
    {
        var answer = await SqsAsync(
            "StartMessageMoveTask", null, $$"""{"SourceArn":"arn:aws:sqs:us-east-1:{{Account}}:queue"}""");
        RecordedAnswer.Differs("""{"TaskHandle":"<handle>"}""",
            "400 UnknownOperationException: The operation AmazonSQS.StartMessageMoveTask is not known here.",
            answer.Status == 200 ? answer.Text : answer.Error);
    }

    /// <summary>What GetQueueAttributes shows, by default of a queue with nothing set.</summary>
    private static string Attributes(
        int delay = 0, int size = 1_048_576, int retention = 345_600, int wait = 0, int visibility = 30,
        string? redrive = null) => AnswerText.OfText($$"""
        {"ApproximateNumberOfMessages":"0","ApproximateNumberOfMessagesDelayed":"0",
        "ApproximateNumberOfMessagesNotVisible":"0","CreatedTimestamp":"t","DelaySeconds":"{{delay}}",
        "LastModifiedTimestamp":"t","MaximumMessageSize":"{{size}}","MessageRetentionPeriod":"{{retention}}",
        "QueueArn":"arn:aws:sqs:us-east-1:{{Account}}:queue","ReceiveMessageWaitTimeSeconds":"{{wait}}",
        "SqsManagedSseEnabled":"true","VisibilityTimeout":"{{visibility}}"
        {{(redrive is null ? "" : $",\"RedrivePolicy\":{AnswerText.Of(JsonValue.Create(redrive))}")}} }
        """);

    private async Task<string> AttributesAsync(string queue) => AnswerText.Of(
        (await SqsAsync("GetQueueAttributes", queue, """{"AttributeNames":["All"]}""")).Ok().Body!["Attributes"]);
}
