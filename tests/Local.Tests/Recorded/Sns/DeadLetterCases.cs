namespace Isobar.Local.Tests.Recorded.Sns;

public sealed class DeadLetterCases : SnsRecordedTest
{
    private const string Mark = "AgME";

    private static readonly string Policy = $$"""{"deadLetterTargetArn":"{{QueueArn("dead-letters")}}"}""";

    [Fact]
    [RecordedCase("sns: test_redrive_policy_lambda_subscription")]
    public async Task What_a_missing_function_can_not_take_comes_to_the_dead_letter_queue_wrapped()
    {
        await TopicAsync();
        var deadLetters = await QueueAsync("dead-letters");
        var subscription = await SubscribedAsync(FunctionArn("Gone"));
        (await SetAsync(subscription, "RedrivePolicy", Policy)).Ok();
        Assert.Equal(Attributes(FunctionArn("Gone"), after: $"\"RedrivePolicy\":{Quote(Policy)},"),
            await AttributesAsync(subscription));
        Functions.Missing["function:Gone"] = true;
        (await PublishAsync("lost", Attribute("attr1", "Number", "1"))).Ok();
        Assert.Equal(Envelope("lost", attributes: """{"attr1":{"Type":"Number","Value":"1"} }"""),
            await TakeEnvelopeAsync(deadLetters));
    }

    [Fact]
    [RecordedCase("sns: test_redrive_policy_sqs_queue_subscription[True]")]
    public async Task What_a_deleted_queue_can_not_take_comes_to_the_dead_letter_queue_as_raw_as_it_was()
    {
        var deadLetters = await LoseAsync(raw: true);
        Assert.Equal(
            [
                Message(Quote("lost"), $$"""
                    {"attr1":{"DataType":"Number","StringValue":"111"},
                    "attr2":{"BinaryValue":"{{Mark}}","DataType":"Binary"} }
                    """, "4889907dc9616d9bda6139205fc380ae"),
            ],
            await TakeAsync(deadLetters));
    }

    [Fact]
    [RecordedCase("sns: test_redrive_policy_sqs_queue_subscription[False]")]
    public async Task What_a_deleted_queue_can_not_take_comes_to_the_dead_letter_queue_wrapped()
    {
        var deadLetters = await LoseAsync(raw: false);
        Assert.Equal(Envelope("lost", attributes: $$"""
            {"attr1":{"Type":"Number","Value":"111"},"attr2":{"Type":"Binary","Value":"{{Mark}}"} }
            """), await TakeEnvelopeAsync(deadLetters));
    }

    [Fact]
    [RecordedCase("sns: test_subscription_after_failure_to_deliver")]
    public async Task A_subscription_stays_after_its_queue_and_can_be_given_a_dead_letter_queue_later()
    {
        await TopicAsync();
        var queue = await QueueAsync();
        var deadLetters = await QueueAsync("dead-letters");
        var subscription = await SubscribedAsync(QueueArn("queue"));
        Assert.Equal(Attributes(QueueArn("queue")), await AttributesAsync(subscription));
        (await PublishAsync("arrives")).Ok();
        Assert.Equal(Envelope("arrives"), await TakeEnvelopeAsync(queue));
        (await SqsAsync("DeleteQueue", queue)).Ok();
        (await PublishAsync("lost")).Ok();
        Assert.Equal(Listed(subscription, QueueArn("queue")),
            (await SnsAsync("ListSubscriptionsByTopic", ("TopicArn", Topic))).Ok().Text);
        (await SetAsync(subscription, "RedrivePolicy", Policy)).Ok();
        Assert.Equal(Attributes(QueueArn("queue"), after: $"\"RedrivePolicy\":{Quote(Policy)},"),
            await AttributesAsync(subscription));
        foreach (var message in new[] { "saved 0", "saved 1" })
        {
            (await PublishAsync(message)).Ok();
            Assert.Equal(Envelope(message), await TakeEnvelopeAsync(deadLetters));
        }
    }

    private async Task<string> LoseAsync(bool raw)
    {
        await TopicAsync();
        var queue = await QueueAsync();
        var deadLetters = await QueueAsync("dead-letters");
        var subscription = await SubscribedAsync(QueueArn("queue"));
        (await SetAsync(subscription, "RedrivePolicy", Policy)).Ok();
        if (raw) (await SetAsync(subscription, "RawMessageDelivery", "true")).Ok();
        (await SqsAsync("DeleteQueue", queue)).Ok();
        (await PublishAsync("lost",
        [
            .. Attribute("attr1", "Number", "111"), .. Attribute("attr2", "Binary", base64: Mark, number: 2),
        ])).Ok();
        return deadLetters;
    }
}
