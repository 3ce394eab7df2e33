using System.Text.RegularExpressions;

namespace Isobar.Local.Tests.Recorded.Sns;

public sealed partial class SubscriptionCases : SnsRecordedTest
{
    private const string Invalid = "400 InvalidParameter: Invalid parameter: ";
    private const string TopicNotFound = "404 NotFound: Topic does not exist";
    private const string NotFound = "404 NotFound: Subscription does not exist";
    private static readonly string Unknown = $"{Topic}:11111111-2222-4333-8444-555555555555";

    [Fact]
    [RecordedCase("sns: test_subscribe_with_invalid_protocol")]
    public async Task A_protocol_is_one_that_AWS_has()
    {
        await TopicAsync();
        var answer = await SnsAsync("Subscribe",
            ("TopicArn", Topic), ("Protocol", "test-protocol"), ("Endpoint", "someone@example.com"));
        Assert.Equal($"{Invalid}Amazon SNS does not support this protocol string: test-protocol", answer.Error);
    }

    [Theory]
    [InlineData("randomstring", $"{Invalid}TopicArn Reason: An ARN must have at least 6 elements, not 1")]
    [InlineData("arn:aws:sns:us-east-1:random",
        $"{Invalid}TopicArn Reason: An ARN must have at least 6 elements, not 5")]
    [InlineData($"{Topic}aaa", TopicNotFound)]
    [RecordedCase("sns: test_subscribe_with_invalid_topic")]
    public async Task A_topic_to_subscribe_to_is_there(string topic, string error)
    {
        await TopicAsync();
        var answer = await SnsAsync("Subscribe",
            ("TopicArn", topic), ("Protocol", "email"), ("Endpoint", "someone@example.com"));
        Assert.Equal(error, answer.Error);
    }

    [Fact]
    [RecordedCase("sns: test_subscribe_unknown_topic")]
    public async Task A_queue_can_not_be_subscribed_to_a_topic_that_is_not_there() =>
        Assert.Equal(TopicNotFound, (await SubscribeAsync(QueueArn("queue"))).Error);

    [Fact]
    [RecordedCase("sns: test_subscribe_unknown_sqs_queue")]
    public async Task A_queue_need_not_be_there_but_have_an_ARN()
    {
        await TopicAsync();
        Assert.Equal($$"""{"SubscriptionArn":"{{Topic}}:<id>"}""",
            IdPattern().Replace((await SubscribeAsync(QueueArn("missing"))).Ok().Text, "<id>"));
        Assert.Equal($"{Invalid}SQS endpoint ARN", (await SubscribeAsync("invalid-arn")).Error);
    }

    [Fact]
    [RecordedCase("sns: test_subscribe_sqs_queue_url")]
    public async Task A_queue_is_not_named_by_its_URL()
    {
        await TopicAsync();
        var answer = await SnsAsync(
            "Subscribe", ("TopicArn", Topic), ("Protocol", "sqs"), ("Endpoint", await QueueAsync()));
        Assert.Equal($"{Invalid}SQS endpoint ARN", answer.Error);
    }

    [Fact]
    [RecordedCase("sns: test_double_subscription")]
    public async Task An_endpoint_subscribed_twice_has_one_subscription()
    {
        await TopicAsync();
        Assert.Equal(await SubscribedAsync(QueueArn("queue")), await SubscribedAsync(QueueArn("queue")));
    }

    [Fact]
    [RecordedCase("sns: test_subscribe_idempotency")]
    public async Task A_subscription_is_made_again_only_with_the_attributes_it_has()
    {
        await TopicAsync();
        var made = await SubscribedAsync(QueueArn("queue"), ("RawMessageDelivery", "True"));
        Assert.Equal(Attributes(QueueArn("queue"), raw: true), await AttributesAsync(made));
        (string, string)[][] same =
        [
            [("RawMessageDelivery", "true")],
            [("RawMessageDelivery", "true"), ("FilterPolicyScope", "MessageAttributes")],
            [],
            [("FilterPolicyScope", "MessageAttributes")],
        ];
        foreach (var attributes in same) Assert.Equal(made, await SubscribedAsync(QueueArn("queue"), attributes));
        var other = await SubscribeAsync(
            QueueArn("queue"), ("RawMessageDelivery", "false"), ("FilterPolicyScope", "MessageBody"));
        Assert.Equal(
            $"{Invalid}Attributes Reason: Subscription already exists with different attributes", other.Error);
    }

    [Fact]
    [RecordedCase("sns: test_create_subscriptions_with_attributes")]
    public async Task A_subscription_is_made_with_attributes_that_make_sense()
    {
        await TopicAsync();
        Assert.Equal(
            $"{Invalid}Attributes Reason: RawMessageDelivery: Invalid value [wrongvalue]. Must be true or false.",
            (await WithAsync("wrongvalue")).Error);
        var subscription = (string)(await WithAsync("TrUe")).Ok().Body!["SubscriptionArn"]!;
        Assert.Equal(Attributes(QueueArn("queue"), raw: true), await AttributesAsync(subscription));
        Assert.Equal(NotFound, (await SnsAsync("GetSubscriptionAttributes", ("SubscriptionArn", Unknown))).Error);

        Task<Answer> WithAsync(string raw) => SubscribeAsync(QueueArn("queue"),
            ("RawMessageDelivery", raw), ("FilterPolicyScope", "MessageBody"), ("FilterPolicy", ""));
    }

    [Fact]
    [RecordedCase("sns: test_get_subscription_attributes_error_not_exists")]
    public async Task A_subscription_that_is_not_there_shows_nothing()
    {
        await TopicAsync();
        Assert.Equal(NotFound, (await SnsAsync("GetSubscriptionAttributes", ("SubscriptionArn", Unknown))).Error);
    }

    [Fact]
    [RecordedCase("sns: test_not_found_error_on_set_subscription_attributes")]
    public async Task A_subscription_is_listed_until_it_ends_and_then_not_found()
    {
        await TopicAsync();
        var subscription = await SubscribedAsync(QueueArn("queue"));
        Assert.Equal(Attributes(QueueArn("queue")), await AttributesAsync(subscription));
        Assert.Equal(Listed(subscription, QueueArn("queue")), (await ListAsync()).Text);
        (await SnsAsync("Unsubscribe", ("SubscriptionArn", subscription))).Ok();
        Assert.Equal(NotFound, (await SetAsync(subscription, "RawMessageDelivery", "true")).Error);
        Assert.Equal("""{"Subscriptions":""}""", (await ListAsync()).Text);

        async Task<Answer> ListAsync() => (await SnsAsync("ListSubscriptionsByTopic", ("TopicArn", Topic))).Ok();
    }

    [Theory]
    [InlineData("FakeAttribute", "test-value", "AttributeName")]
    [InlineData("RawMessageDelivery", "test-ValUe",
        "RawMessageDelivery: Invalid value [test-ValUe]. Must be true or false.")]
    [InlineData("RawMessageDelivery", "", "RawMessageDelivery: Invalid value []. Must be true or false.")]
    [InlineData("RedrivePolicy", """{"deadLetterTargetArn":"fake-arn"}""",
        "RedrivePolicy: deadLetterTargetArn is an invalid arn")]
    [InlineData("RedrivePolicy", "{invalidjson}", "RedrivePolicy: failed to parse JSON. JSON")]
    [InlineData("FilterPolicy", "{invalidjson}", "FilterPolicy: failed to parse JSON. JSON")]
    [RecordedCase("sns: test_validate_set_sub_attributes")]
    public async Task An_attribute_is_set_to_what_makes_sense(string name, string value, string error)
    {
        await TopicAsync();
        var subscription = await SubscribedAsync(QueueArn("queue"));
        const string json =
            "Unexpected character ('i' (code 105)): was expecting double-quote to start field name\n at [Source: "
            + "REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 2]";
        Assert.Equal(
            Invalid + error.Replace("JSON. JSON", $"JSON. {json}", StringComparison.Ordinal),
            (await SetAsync(subscription, name, value)).Error);
    }

    [Fact]
    [RecordedCase("sns: test_subscribe_invalid_filter_policy")]
    public async Task A_filter_policy_is_JSON()
    {
        await TopicAsync();
        var answer = await SubscribeAsync(QueueArn("queue"), ("FilterPolicy", "invalid-json"));
        Assert.Equal(
            $"{Invalid}Attributes Reason: FilterPolicy: failed to parse JSON. Unrecognized token 'invalid': was "
            + "expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')\n at [Source: "
            + "REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 8]", answer.Error);
    }

    [Theory]
    [InlineData("randomstring", "SubscriptionArn Reason: An ARN must have at least 6 elements, not 1")]
    [InlineData(
        "arn:aws:sns:us-east-1:random", "SubscriptionArn Reason: An ARN must have at least 6 elements, not 5")]
    [InlineData("arn:aws:sns:us-east-1:111111111111:random", "SubscriptionId")]
    [InlineData(null, "SubscriptionArn Reason: no value for required parameter")]
    [RecordedCase("sns: test_unsubscribe_wrong_arn_format")]
    public async Task A_subscription_is_named_by_an_ARN(string? arn, string error) =>
        Assert.Equal(Invalid + error, (await SnsAsync("Unsubscribe", ("SubscriptionArn", arn))).Error);

    [Fact]
    [RecordedCase("sns: test_unsubscribe_from_non_existing_subscription")]
    [RecordedCase("sns: test_unsubscribe_idempotency")]
    public async Task A_subscription_can_end_twice()
    {
        await TopicAsync();
        var subscription = await SubscribedAsync(QueueArn("queue"));
        foreach (var arn in new[] { subscription, subscription, Unknown })
            Assert.Equal("", (await SnsAsync("Unsubscribe", ("SubscriptionArn", arn))).Ok().Text.Trim('"'));
    }

    [Fact]
    [RecordedCase("sns: test_sns_confirm_subscription_wrong_token")]
    public async Task There_is_nothing_to_confirm_and_the_token_is_looked_at_before_the_topic()
    {
        await TopicAsync();
        const string part = "51b2ff3edb475b7d91550e0ab6edf0c1de2a34e6ebaf6c2262a001bcb7e051c4";
        var token = string.Concat(Enumerable.Repeat(part, 5))[..288];
        Assert.Equal($"{Invalid}Token", (await ConfirmAsync($"{Topic}i", token)).Error);
        Assert.Equal("400 InvalidParameter: Invalid token", (await ConfirmAsync(Topic, "randomtoken")).Error);
        Assert.Equal($"{Invalid}Token", (await ConfirmAsync(Topic, token)).Error);

        Task<Answer> ConfirmAsync(string topic, string given) =>
            SnsAsync("ConfirmSubscription", ("TopicArn", topic), ("Token", given));
    }

    [Fact]
    [RecordedCase("sns: test_delete_subscriptions_on_delete_topic",
        Differs = "A topic's subscriptions end with it; on AWS they are still shown for a while.")]
    public async Task A_subscription_ends_with_its_topic()
    {
        await TopicAsync();
        var subscription = await SubscribedAsync(QueueArn("queue"), ("RawMessageDelivery", "true"));
        (await SnsAsync("DeleteTopic", ("TopicArn", Topic))).Ok();
        var answer = await SnsAsync("GetSubscriptionAttributes", ("SubscriptionArn", subscription));
        RecordedAnswer.Differs(Attributes(QueueArn("queue"), raw: true), NotFound,
            answer.Status == 200 ? answer.Text : answer.Error);
    }

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.ExplicitCapture)]
    private static partial Regex IdPattern();
}
