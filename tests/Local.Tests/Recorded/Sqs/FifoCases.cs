using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Recorded.Sqs;

public sealed class FifoCases : RecordedTest
{
    private const string ByContent = """{"FifoQueue":"true","ContentBasedDeduplication":"true"}""";
    private const string NoDeduplicationId =
        "400 InvalidParameterValue: The queue should either have ContentBasedDeduplication enabled or "
        + "MessageDeduplicationId provided explicitly";

    [Fact]
    [RecordedCase("sqs: test_create_fifo_queue_with_different_attributes_raises_error")]
    public async Task A_FIFO_queue_is_made_again_only_with_the_attributes_it_has()
    {
        await FifoAsync(ByContent);
        var answer = await SqsAsync("CreateQueue", null, """
            {"QueueName":"queue.fifo","Attributes":{"FifoQueue":"true","ContentBasedDeduplication":"false"} }
            """);
        Assert.Equal("400 QueueAlreadyExists: A queue already exists with the same name and a different value for "
            + "attribute ContentBasedDeduplication", answer.Error);
    }

    [Fact]
    [RecordedCase("sqs: test_set_unsupported_attribute_fifo")]
    public async Task The_type_of_a_queue_does_not_change()
    {
        Assert.Equal("400 InvalidAttributeName: Unknown Attribute FifoQueue.",
            (await SetAsync(await QueueAsync(), """{"FifoQueue":"true"}""")).Error);
        var fifo = await FifoAsync("""{"FifoQueue":"true"}""");
        Assert.Equal("{}", (await SetAsync(fifo, """{"FifoQueue":"true"}""")).Ok().Text);
        Assert.Equal("400 InvalidAttributeValue: Invalid value for the parameter FifoQueue. Reason: Modifying queue "
            + "type is not supported.", (await SetAsync(fifo, """{"FifoQueue":"false"}""")).Error);
    }

    [Fact]
    [RecordedCase("sqs: test_fifo_set_content_based_deduplication_strategy")]
    public async Task Deduplication_by_content_can_be_switched_off()
    {
        var queue = await FifoAsync(
            """{"FifoQueue":"true","SqsManagedSseEnabled":"true","ContentBasedDeduplication":"true"}""");
        Assert.Equal(Attributes(byContent: true), await AttributesAsync(queue));
        (await SetAsync(queue, """{"ContentBasedDeduplication":"false"}""")).Ok();
        Assert.Equal(Attributes(), await AttributesAsync(queue));
    }

    [Fact]
    [RecordedCase("sqs: test_fifo_empty_message_groups_added_back_to_queue")]
    public async Task A_group_that_was_empty_takes_messages_again()
    {
        var queue = await FifoAsync("""{"FifoQueue":"True"}""");
        await SendAsync(queue, "Message 1", "g1", "1");
        var first = await ReceiveAsync(queue);
        Assert.Equal(Received("Message 1"), first.Text);
        await DeleteAsync(queue, first);
        Assert.Equal("{}", (await ReceiveAsync(queue)).Text);
        await SendAsync(queue, "Message 2", "g1", "2");
        Assert.Equal(Received("Message 2"), (await ReceiveAsync(queue)).Text);
    }

    [Fact]
    [RecordedCase("sqs: test_fifo_queue_send_message_with_delay_seconds_fails")]
    public async Task A_message_has_no_delay_of_its_own()
    {
        var queue = await FifoAsync(ByContent);
        Assert.Equal("400 InvalidParameterValue: Value 2 for parameter DelaySeconds is invalid. Reason: The request "
            + "include parameter that is not valid for this queue type.", (await SqsAsync("SendMessage", queue,
                """{"MessageBody":"message-1","MessageGroupId":"1","DelaySeconds":2}""")).Error);
    }

    [Fact]
    [RecordedCase("sqs: test_fifo_queue_send_message_with_zero_delay_defaults_to_queue_delay")]
    public async Task A_delay_of_zero_is_the_delay_of_the_queue()
    {
        var queue = await FifoAsync("""{"FifoQueue":"true","ContentBasedDeduplication":"true","DelaySeconds":"2"}""");
        var sent = (await SqsAsync("SendMessage", queue,
            """{"MessageBody":"message-1","MessageGroupId":"1","DelaySeconds":0}""")).Ok();
        Assert.Equal(AnswerText.OfText("""
            {"MD5OfMessageBody":"3d6b824fd8c1520e9a047d21fee6fb1f","MessageId":"i","SequenceNumber":"n"}
            """), sent.Text);
        Assert.Equal("{}", (await ReceiveAsync(queue)).Text);
        await PassAsync(2);
        Assert.Equal(Received("message-1"), (await ReceiveAsync(queue)).Text);
    }

    [Fact]
    [RecordedCase("sqs: test_fifo_message_attributes")]
    public async Task A_message_shows_its_group_its_deduplication_id_and_its_sequence_number()
    {
        var queue = await FifoAsync("""
            {"FifoQueue":"true","ContentBasedDeduplication":"true","VisibilityTimeout":"0",
            "DeduplicationScope":"messageGroup","FifoThroughputLimit":"perMessageGroupId"}
            """);
        await SendAsync(queue, "message-body-1", "group-1", "dedup-1");
        for (var receive = 1; receive <= 2; receive++)
        {
            var answer = await SqsAsync(
                "ReceiveMessage", queue, """{"AttributeNames":["All"],"WaitTimeSeconds":10}""");
            Assert.Equal(AnswerText.OfText($$"""
                {"Messages":[{"Attributes":{"ApproximateFirstReceiveTimestamp":"t",
                "ApproximateReceiveCount":"{{receive}}","MessageDeduplicationId":"dedup-1","MessageGroupId":"group-1",
                "SenderId":"s","SentTimestamp":"t","SequenceNumber":"n"},"Body":"message-body-1",
                "MD5OfBody":"19c9e282d65f9733bc6b35d50062c7ee","MessageId":"i","ReceiptHandle":"h"}]}
                """), answer.Ok().Text);
        }
    }

    [Fact]
    [RecordedCase("sqs: test_send_batch_missing_deduplication_id_for_fifo_queue")]
    public async Task A_batch_with_an_entry_without_deduplication_id_is_refused_as_a_whole()
    {
        var queue = await FifoAsync("""{"FifoQueue":"true","ContentBasedDeduplication":"false"}""");
        var answer = await SqsAsync("SendMessageBatch", queue, """
            {"Entries":[{"Id":"a","MessageBody":"b","MessageGroupId":"g","MessageDeduplicationId":"d"},
            {"Id":"b","MessageBody":"b","MessageGroupId":"g"}]}
            """);
        Assert.Equal(NoDeduplicationId, answer.Error);
        Assert.Equal("{}", (await ReceiveAsync(queue)).Text);
    }

    [Fact]
    [RecordedCase("sqs: test_send_batch_missing_message_group_id_for_fifo_queue")]
    public async Task A_batch_with_an_entry_without_group_is_refused_as_a_whole()
    {
        var queue = await FifoAsync("""{"FifoQueue":"true","ContentBasedDeduplication":"false"}""");
        var answer = await SqsAsync("SendMessageBatch", queue, """
            {"Entries":[{"Id":"a","MessageBody":"b","MessageGroupId":"g","MessageDeduplicationId":"d"},
            {"Id":"b","MessageBody":"b","MessageDeduplicationId":"e"}]}
            """);
        Assert.Equal("400 InvalidParameterValue: The request must contain the parameter MessageGroupId.", answer.Error);
        Assert.Equal("{}", (await ReceiveAsync(queue)).Text);
    }

    [Fact]
    [RecordedCase("sqs: test_posting_to_fifo_requires_deduplicationid_group_id")]
    public async Task A_message_needs_a_group_and_a_deduplication_id()
    {
        var queue = await FifoAsync("""{"FifoQueue":"true"}""");
        Assert.Equal(NoDeduplicationId, (await SqsAsync(
            "SendMessage", queue, """{"MessageBody":"test","MessageGroupId":"1"}""")).Error);
        Assert.Equal("400 MissingParameter: The request must contain the parameter MessageGroupId.", (await SqsAsync(
            "SendMessage", queue, """{"MessageBody":"test","MessageDeduplicationId":"1"}""")).Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("group 123")]
    [InlineData(null)]
    [RecordedCase("sqs: test_message_deduplication_id_invalid")]
    public async Task A_deduplication_id_has_letters_digits_and_punctuation(string? given)
    {
        var id = given ?? new string('a', 129);
        var queue = await FifoAsync("""{"FifoQueue":"true"}""");
        Assert.Equal($"400 InvalidParameterValue: Value {id} for parameter MessageDeduplicationId is invalid. Reason: "
            + "MessageDeduplicationId can only include alphanumeric and punctuation characters. 1 to 128 in length.",
            (await TrySendAsync(queue, "Hello World!", "test", id)).Error);
    }

    [Fact]
    [RecordedCase("sqs: test_message_deduplication_id_success")]
    public async Task A_deduplication_id_has_up_to_128_characters() => await SendAsync(
        await FifoAsync("""{"FifoQueue":"true"}"""), "Hello World!", "test", new string('a', 128));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [RecordedCase("sqs: test_fifo_deduplication_arrives_once_after_delete")]
    public async Task A_duplicate_does_not_arrive_after_the_original_was_deleted(bool byContent)
    {
        var queue = await FifoAsync(Deduplicates(byContent));
        await SendAsync(queue, "body", "group-1", byContent ? null : "dedup-1");
        var first = await ReceiveAsync(queue);
        Assert.Equal(Received("body"), first.Text);
        await DeleteAsync(queue, first);
        await SendAsync(queue, "body", "group-1", byContent ? null : "dedup-1");
        Assert.Equal("{}", (await ReceiveAsync(queue)).Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [RecordedCase("sqs: test_fifo_deduplication_not_on_message_group_id")]
    public async Task A_duplicate_in_another_group_is_one_too(bool byContent)
    {
        var queue = await FifoAsync(Deduplicates(byContent));
        await SendAsync(queue, "body", "group-1", byContent ? null : "dedup-1");
        await SendAsync(queue, "body", "group-2", byContent ? null : "dedup-1");
        var first = await ReceiveAsync(queue);
        Assert.Equal(Received("body"), first.Text);
        await DeleteAsync(queue, first);
        Assert.Equal("{}", (await ReceiveAsync(queue)).Text);
    }

    [Fact]
    [RecordedCase("sqs: test_sqs_fifo_same_dedup_id_different_message_groups")]
    public async Task The_scope_of_a_deduplication_id_is_the_queue()
    {
        var queue = await FifoAsync("""{"FifoQueue":"True","ContentBasedDeduplication":"False"}""");
        await SendReceiveDeleteAsync(queue, "Test", "group1", "same-dedup");
        await SendAsync(queue, "Test", "group2", "same-dedup");
        Assert.Equal("{}", (await ReceiveAsync(queue)).Text);
    }

    [Fact]
    [RecordedCase("sqs: test_fifo_high_throughput_ordering")]
    public async Task With_high_throughput_the_scope_is_the_group()
    {
        var queue = await FifoAsync("""
            {"FifoQueue":"True","ContentBasedDeduplication":"False","DeduplicationScope":"messageGroup",
            "FifoThroughputLimit":"perMessageGroupId"}
            """);
        await SendReceiveDeleteAsync(queue, "Test1", "group1", "same-dedup");
        await SendReceiveDeleteAsync(queue, "Test2", "group2", "same-dedup");
    }

    [Fact]
    [RecordedCase("sqs: test_sqs_fifo_message_group_scope_no_throughput_setting")]
    public async Task The_group_is_the_scope_without_high_throughput_as_well()
    {
        var queue = await FifoAsync(
            """{"FifoQueue":"True","ContentBasedDeduplication":"True","DeduplicationScope":"messageGroup"}""");
        await SendReceiveDeleteAsync(queue, "Test", "group1", null);
        await SendReceiveDeleteAsync(queue, "Test", "group2", null);
    }

    [Fact]
    [RecordedCase("sqs: test_fifo_change_to_high_throughput_after_creation",
        Differs = "A new deduplication scope holds at once; on AWS it takes up to a minute.")]
    public async Task A_queue_changes_to_high_throughput()
    {
        var queue = await FifoAsync(
            """{"FifoQueue":"True","ContentBasedDeduplication":"False","DeduplicationScope":"queue"}""");
        await SendReceiveDeleteAsync(queue, "Test1", "group1", "same-dedup");
        await SendAsync(queue, "Test2", "group2", "same-dedup");
        Assert.Equal("{}", (await ReceiveAsync(queue)).Text);
        (await SetAsync(
            queue, """{"DeduplicationScope":"messageGroup","FifoThroughputLimit":"perMessageGroupId"}""")).Ok();
        Assert.Equal(Attributes(highThroughput: true), await AttributesAsync(queue));
        await SendAsync(queue, "Test3", "group3", "same-dedup");
        RecordedAnswer.Differs("{}", Received("Test3"), (await ReceiveAsync(queue)).Text);
    }

    [Fact]
    [RecordedCase("sqs: test_fifo_change_to_regular_throughput_after_creation")]
    public async Task A_queue_changes_to_regular_throughput()
    {
        var queue = await FifoAsync("""
            {"FifoQueue":"True","ContentBasedDeduplication":"False","DeduplicationScope":"messageGroup",
            "FifoThroughputLimit":"perMessageGroupId"}
            """);
        await SendReceiveDeleteAsync(queue, "Test1", "group1", "same-dedup");
        await SendReceiveDeleteAsync(queue, "Test2", "group2", "same-dedup");
        (await SetAsync(queue, """{"DeduplicationScope":"queue","FifoThroughputLimit":"perQueue"}""")).Ok();
        Assert.Equal(Attributes(), await AttributesAsync(queue));
        await SendReceiveDeleteAsync(queue, "Test3", "group3", "same-dedup");
    }

    [Fact]
    [RecordedCase("sqs: test_dead_letter_queue_with_fifo_and_content_based_deduplication")]
    public async Task A_message_received_too_often_moves_and_its_group_goes_on()
    {
        var failures = await QueueAsync("failures.fifo",
            """{"FifoQueue":"true","ContentBasedDeduplication":"true","MessageRetentionPeriod":"1209600"}""");
        var policy = $$"""
            {"deadLetterTargetArn":"arn:aws:sqs:us-east-1:{{Account}}:failures.fifo","maxReceiveCount":2}
            """;
        var queue = await FifoAsync(new JsonObject
        {
            ["FifoQueue"] = "true", ["ContentBasedDeduplication"] = "true", ["VisibilityTimeout"] = "60",
            ["RedrivePolicy"] = policy,
        }.ToJsonString());
        var id = (string)(await SendAsync(queue, "foobar", "1", null)).Body!["MessageId"]!;
        for (var receive = 0; receive < 3; receive++)
            await SqsAsync("ReceiveMessage", queue, """{"WaitTimeSeconds":0,"VisibilityTimeout":0}""");
        var moved = Assert.Single((await ReceiveAsync(failures)).Body!["Messages"]!.AsArray())!;
        Assert.Equal((id, "foobar"), ((string)moved["MessageId"]!, (string)moved["Body"]!));
        await SendAsync(queue, "foobar2", "1", null);
        Assert.Equal(Received("foobar2"), (await ReceiveAsync(queue)).Text);
    }

    private static string Deduplicates(bool byContent) =>
        byContent ? ByContent : """{"FifoQueue":"true","ContentBasedDeduplication":"false"}""";

    private static string Received(params string[] bodies) => FifoText.Received(bodies);

    private static string Attributes(bool byContent = false, bool highThroughput = false) => AnswerText.OfText($$"""
        {"ApproximateNumberOfMessages":"0","ApproximateNumberOfMessagesDelayed":"0",
        "ApproximateNumberOfMessagesNotVisible":"0","ContentBasedDeduplication":"{{(byContent ? "true" : "false")}}",
        "CreatedTimestamp":"t","DeduplicationScope":"{{(highThroughput ? "messageGroup" : "queue")}}",
        "DelaySeconds":"0","FifoQueue":"true",
        "FifoThroughputLimit":"{{(highThroughput ? "perMessageGroupId" : "perQueue")}}",
        "LastModifiedTimestamp":"t","MaximumMessageSize":"1048576","MessageRetentionPeriod":"345600",
        "QueueArn":"arn:aws:sqs:us-east-1:{{Account}}:queue.fifo","ReceiveMessageWaitTimeSeconds":"0",
        "SqsManagedSseEnabled":"true","VisibilityTimeout":"30"}
        """);

    private Task<string> FifoAsync(string attributes) => QueueAsync("queue.fifo", attributes);

    private Task<Answer> SetAsync(string queue, string attributes) =>
        SqsAsync("SetQueueAttributes", queue, $$"""{"Attributes":{{attributes}} }""");

    private async Task<string> AttributesAsync(string queue) => AnswerText.Of(
        (await SqsAsync("GetQueueAttributes", queue, """{"AttributeNames":["All"]}""")).Ok().Body!["Attributes"]);

    private Task<Answer> TrySendAsync(string queue, string body, string group, string? id) => SqsAsync(
        "SendMessage", queue, FifoText.Message(body, group, id));

    private async Task<Answer> SendAsync(string queue, string body, string group, string? id) =>
        (await TrySendAsync(queue, body, group, id)).Ok();

    private async Task<Answer> ReceiveAsync(string queue) => (await SqsAsync("ReceiveMessage", queue)).Ok();

    private async Task DeleteAsync(string queue, Answer received) => (await SqsAsync("DeleteMessage", queue,
        $$"""{"ReceiptHandle":"{{received.Body!["Messages"]![0]!["ReceiptHandle"]}}"}""")).Ok();

    private async Task SendReceiveDeleteAsync(string queue, string body, string group, string? id)
    {
        await SendAsync(queue, body, group, id);
        var received = await ReceiveAsync(queue);
        Assert.Equal(Received(body), received.Text);
        await DeleteAsync(queue, received);
    }
}
