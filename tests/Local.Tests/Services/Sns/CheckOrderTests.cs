namespace Isobar.Local.Tests.Services.Sns;

/// <summary>A request with two faults: the topic is told before what would belong to it.</summary>
public sealed class CheckOrderTests
{
    private const string Gone = SnsOnPortZero.TopicArn + "-gone";
    private const string NotFound = "404 NotFound Topic does not exist";

    [Theory]
    [InlineData("sqs", "not-an-arn", "400 InvalidParameter Invalid parameter: SQS endpoint ARN")]
    [InlineData("lambda", "arn:aws:sqs:us-east-1:000000000000:q",
        "400 InvalidParameter Invalid parameter: Lambda endpoint ARN")]
    [InlineData("sqs", "", "400 InvalidParameter Invalid parameter: SQS endpoint ARN")]
    [InlineData("sqs", "arn:aws:sqs:us-east-1:000000000000:q.fifo", "400 InvalidParameter Invalid parameter: Invalid "
        + "parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics")]
    [InlineData("carrier-pigeon", "x",
        "400 InvalidParameter Invalid parameter: Amazon SNS does not support this protocol string: carrier-pigeon")]
    public async Task Subscribe_looks_for_the_topic_before_protocol_and_endpoint(
        string protocol, string endpoint, string fault)
    {
        await using var sns = await SnsOnPortZero.StartAsync();

        foreach (var (topic, expected) in new[] { (SnsOnPortZero.TopicArn, fault), (Gone, NotFound) })
        {
            Assert.Equal(expected, await sns.ErrorAsync(
                "Subscribe", ("TopicArn", topic), ("Protocol", protocol), ("Endpoint", endpoint)));
        }
    }

    [Fact]
    public async Task Subscribe_looks_for_the_topic_and_at_the_endpoint_before_the_attributes()
    {
        await using var sns = await SnsOnPortZero.StartAsync();

        foreach (var (topic, endpoint, expected) in new[]
                 {
                     (Gone, SnsOnPortZero.QueueArn("q"), NotFound),
                     (SnsOnPortZero.TopicArn, "q", "400 InvalidParameter Invalid parameter: SQS endpoint ARN"),
                     (SnsOnPortZero.TopicArn, SnsOnPortZero.QueueArn("q"), "400 InvalidParameter Invalid parameter: "
                         + "Attributes Reason: RawMessageDelivery: Invalid value [maybe]. Must be true or false."),
                 })
        {
            Assert.Equal(expected, await sns.ErrorAsync("Subscribe", ("TopicArn", topic), ("Protocol", "sqs"),
                ("Endpoint", endpoint), ("Attributes.entry.1.key", "RawMessageDelivery"),
                ("Attributes.entry.1.value", "maybe")));
        }
    }

    [Theory]
    [InlineData("a!", "m", "400 InvalidBatchEntryId The Id of a batch entry in the batch request contains an "
        + "impermissible character: a!")]
    [InlineData("a", "", "400 InvalidParameter Invalid parameter: Empty message")]
    public async Task PublishBatch_looks_for_the_topic_before_its_entries(string id, string message, string fault)
    {
        await using var sns = await SnsOnPortZero.StartAsync();

        foreach (var (topic, expected) in new[] { (SnsOnPortZero.TopicArn, fault), (Gone, NotFound) })
        {
            Assert.Equal(expected, await sns.ErrorAsync("PublishBatch", ("TopicArn", topic),
                ("PublishBatchRequestEntries.member.1.Id", id),
                ("PublishBatchRequestEntries.member.1.Message", message)));
        }
    }

    [Theory]
    [InlineData("FakeAttribute", "x", "400 InvalidParameter Invalid parameter: AttributeName")]
    [InlineData("RawMessageDelivery", "maybe",
        "400 InvalidParameter Invalid parameter: RawMessageDelivery: Invalid value [maybe]. Must be true or false.")]
    [InlineData("RedrivePolicy", """{"deadLetterTargetArn":"q"}""",
        "400 InvalidParameter Invalid parameter: RedrivePolicy: deadLetterTargetArn is an invalid arn")]
    public async Task SetSubscriptionAttributes_looks_for_the_subscription_before_the_attribute(
        string name, string value, string fault)
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        var subscription = await sns.SubscribeAsync(SnsOnPortZero.QueueArn("q"));

        foreach (var (arn, expected) in new[]
                 {
                     (subscription, fault),
                     ($"{SnsOnPortZero.TopicArn}:{Guid.Empty}", "404 NotFound Subscription does not exist"),
                 })
        {
            Assert.Equal(expected, await sns.ErrorAsync("SetSubscriptionAttributes", ("SubscriptionArn", arn),
                ("AttributeName", name), ("AttributeValue", value)));
        }
    }

    [Fact]
    public async Task ListSubscriptionsByTopic_looks_for_the_topic_before_the_token()
    {
        await using var sns = await SnsOnPortZero.StartAsync();

        foreach (var (topic, expected) in new[]
                 {
                     (SnsOnPortZero.TopicArn, "400 InvalidParameter Invalid parameter: NextToken"), (Gone, NotFound),
                 })
        {
            Assert.Equal(expected, await sns.ErrorAsync(
                "ListSubscriptionsByTopic", ("TopicArn", topic), ("NextToken", "%")));
        }
    }
}
