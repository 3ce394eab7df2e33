namespace Isobar.Local.Tests.Recorded.Sns;

public sealed class PublishCases : SnsRecordedTest
{
    private const string Invalid = "400 InvalidParameter: Invalid parameter: ";
    private const string NotFound = "404 NotFound: Topic does not exist";
    private const string TooLong =
        "400 BatchRequestTooLong: The length of all the messages put together is more than the limit.";

    // What an attribute counts: its name, its type and its value.
    private const int AttributeBytes = 5 + 6 + 1;

    [Theory]
    [InlineData("randomstring", 1)]
    [InlineData("randomstring:1", 2)]
    [InlineData("", 1)]
    [RecordedCase("sns: test_publish_wrong_arn_format")]
    public async Task A_topic_is_named_by_an_ARN(string topic, int elements)
    {
        var answer = await SnsAsync("Publish", ("TopicArn", topic), ("Message", "m"));
        Assert.Equal(
            $"{Invalid}TopicArn Reason: An ARN must have at least 6 elements, not {elements}", answer.Error);
    }

    [Fact]
    [RecordedCase("sns: test_publish_message_by_target_arn")]
    public async Task A_topic_may_be_named_as_a_target()
    {
        await TopicAsync();
        var queue = await QueueAsync();
        await SubscribedAsync(QueueArn("queue"));
        foreach (var name in new[] { "TopicArn", "TargetArn" })
        {
            (await SnsAsync("Publish", (name, Topic), ("Message", name))).Ok();
            await QuietAsync();
            Assert.Equal(Envelope(name), await TakeEnvelopeAsync(queue));
        }
    }

    [Fact]
    [RecordedCase("sns: test_publish_message_before_subscribe_topic")]
    public async Task A_message_from_before_the_subscription_does_not_arrive()
    {
        await TopicAsync();
        var queue = await QueueAsync();
        Assert.Equal("""{"MessageId":"<id>"}""", (await PublishAsync("before", ("Subject", "s"))).Ok().Text);
        await SubscribedAsync(QueueArn("queue"));
        Assert.Equal("""{"MessageId":"<id>"}""", (await PublishAsync("after", ("Subject", "s"))).Ok().Text);
        Assert.Equal(Envelope("after", "s"), await TakeEnvelopeAsync(queue));
    }

    [Fact]
    [RecordedCase("sns: test_unknown_topic_publish")]
    public async Task A_topic_that_is_not_there_is_not_found()
    {
        await TopicAsync();
        Assert.Equal("""{"MessageId":"<id>"}""", (await PublishAsync("m")).Ok().Text);
        Assert.Equal(NotFound, (await SnsAsync("Publish", ("TopicArn", $"{Topic}-fake"), ("Message", "m"))).Error);
    }

    [Fact]
    [RecordedCase("sns: test_publish_non_existent_target")]
    public async Task A_device_that_is_not_there_is_not_found()
    {
        var answer = await SnsAsync("Publish", ("Message", "m"), ("TargetArn",
            $"arn:aws:sns:us-east-1:{Account}:endpoint/APNS/abcdef/0f7d5971-aa8b-4bd5-b585-0826e9f93a66"));
        Assert.Equal($"{Invalid}TargetArn Reason: No endpoint found for the target arn specified", answer.Error);
    }

    [Fact]
    [RecordedCase("sns: test_publish_with_empty_subject")]
    public async Task A_subject_is_missing_or_has_letters()
    {
        await TopicAsync();
        Assert.Equal("""{"MessageId":"<id>"}""", (await PublishAsync("m")).Ok().Text);
        Assert.Equal($"{Invalid}Subject", (await PublishAsync("m", ("Subject", ""))).Error);
    }

    [Fact]
    [RecordedCase("sns: test_empty_sns_message")]
    public async Task An_empty_message_is_refused_and_reaches_no_one()
    {
        await TopicAsync();
        var queue = await QueueAsync();
        await SubscribedAsync(QueueArn("queue"));
        Assert.Equal($"{Invalid}Empty message", (await PublishAsync("")).Error);
        var counts = await SqsAsync(
            "GetQueueAttributes", queue, """{"AttributeNames":["ApproximateNumberOfMessages"]}""");
        Assert.Equal("""{"Attributes":{"ApproximateNumberOfMessages":"0"}}""", counts.Ok().Text);
    }

    [Fact]
    [RecordedCase("sns: test_publish_too_long_message")]
    public async Task A_message_with_its_attributes_has_256_KiB_at_most()
    {
        await TopicAsync();
        var attribute = Attribute("attr1", "Number", "1");
        Assert.Equal($"{Invalid}Message too long", (await PublishAsync(new string('m', 264_000))).Error);
        Assert.Equal($"{Invalid}Message too long",
            (await PublishAsync(new string('m', 262_144 - AttributeBytes + 1), attribute)).Error);
        (await PublishAsync(new string('m', 262_144 - AttributeBytes), attribute)).Ok();
    }

    [Fact]
    [RecordedCase("sns: test_publish_batch_too_long_message")]
    public async Task A_batch_has_256_KiB_at_most()
    {
        await TopicAsync();
        Assert.Equal(TooLong, (await BatchAsync([], ("1", new string('a', 131_072)), ("2", new string('b', 131_073))))
            .Error);
        var attribute = Attribute("attr1", "Number", "1", entry: "PublishBatchRequestEntries.member.1.");
        var rest = 262_144 - AttributeBytes;
        Assert.Equal(TooLong, (await BatchAsync(attribute, ("1", new string('a', rest)), ("2", "b"))).Error);
        (await BatchAsync(attribute, ("1", new string('a', rest - 1)), ("2", "b"))).Ok();
    }

    [Fact]
    [RecordedCase("sns: test_publish_batch_invalid_entry_id")]
    public async Task An_entry_of_a_batch_has_a_plain_id_of_80_letters_at_most()
    {
        await TopicAsync();
        const string character = "contains an impermissible character";
        (string Id, string Fault)[] bad =
        [
            ("message.id", character), ("msg@123#test", character), (new string('a', 81), "is too long"),
            (new string('b', 91), "is too long"),
        ];
        foreach (var (id, fault) in bad)
        {
            Assert.Equal($"400 InvalidBatchEntryId: The Id of a batch entry in the batch request {fault}: {id}",
                (await BatchAsync([], (id, "m"))).Error);
        }

        foreach (var id in new[] { new string('a', 80), "valid-message_123" })
        {
            var answer = await BatchAsync([], (id, "m"));
            Assert.Equal(
                $$"""{"Failed":"","Successful":[{"Id":"{{id}}","MessageId":"<id>"}]}""", answer.Ok().Text);
        }
    }

    [Fact]
    [RecordedCase("sns: test_publish_batch_messages_without_topic")]
    public async Task A_batch_for_a_topic_that_is_not_there_is_refused() =>
        Assert.Equal(NotFound, (await BatchAsync([], ("1", "m"))).Error);

    [Theory]
    [InlineData("""{"sqs":"m"}""", $"{Invalid}Message Structure - No default entry in JSON message body")]
    [InlineData("""{"default":"m"} }""", $"{Invalid}Message Structure - JSON message body failed to parse")]
    [InlineData("""{"default":"m","default":"n"}""", """{"MessageId":"<id>"}""")]
    [InlineData("""{"default":{"object":"m"}}""",
        $"{Invalid}Message Structure - No default entry in JSON message body")]
    [RecordedCase("sns: test_message_structure_json_exc")]
    public async Task A_message_for_each_protocol_is_JSON_with_a_default(string message, string expected)
    {
        await TopicAsync();
        var answer = await PublishAsync(message, ("MessageStructure", "json"));
        Assert.Equal(expected, answer.Status == 200 ? answer.Text : answer.Error);
    }

    private Task<Answer> BatchAsync((string, string?)[] more, params (string Id, string Message)[] entries) =>
        SnsAsync("PublishBatch",
        [
            ("TopicArn", Topic), .. more,
            .. entries.SelectMany((entry, i) => new[]
            {
                ($"PublishBatchRequestEntries.member.{i + 1}.Id", (string?)entry.Id),
                ($"PublishBatchRequestEntries.member.{i + 1}.Message", entry.Message),
            }),
        ]);
}
