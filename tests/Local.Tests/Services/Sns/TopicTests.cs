namespace Isobar.Local.Tests.Services.Sns;

public sealed class TopicTests
{
    private const string TopicArn = SnsOnPortZero.TopicArn;

    [Fact]
    public async Task Creating_a_topic_again_finds_it_unless_it_would_be_another()
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        Assert.Equal(TopicArn, SnsOnPortZero.Text(await sns.OkAsync("CreateTopic", ("Name", "alerts")), "TopicArn"));
        Assert.Equal(
            "400 InvalidParameter Invalid parameter: Attributes Reason: Topic already exists with different attributes",
            await sns.ErrorAsync("CreateTopic", ("Name", "alerts"),
                ("Attributes.entry.1.key", "DisplayName"), ("Attributes.entry.1.value", "Alerts")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.fifo")]
    [InlineData("a b")]
    [InlineData("ü")]
    public async Task A_topic_has_a_plain_name(string name)
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        Assert.Equal(
            "400 InvalidParameter Invalid parameter: Topic Name", await sns.ErrorAsync("CreateTopic", ("Name", name)));
    }

    [Fact]
    public async Task A_FIFO_topic_is_refused()
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        Assert.Equal(
            "400 InvalidParameter Invalid parameter: Attributes Reason: FIFO topics are not supported",
            await sns.ErrorAsync("CreateTopic", ("Name", "alerts.fifo"), ("Attributes.entry.1.key", "FifoTopic"),
                ("Attributes.entry.1.value", "true")));
    }

    [Theory]
    [InlineData("KmsMasterKeyId", "a", "The attribute KmsMasterKeyId is not supported")]
    [InlineData("SignatureVersion", "2", "SignatureVersion: Invalid value [2].")]
    public async Task What_is_not_done_here_is_refused(string name, string value, string reason)
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        Assert.Equal($"400 InvalidParameter Invalid parameter: Attributes Reason: {reason}", await sns.ErrorAsync(
            "CreateTopic", ("Name", "b"), ("Attributes.entry.1.key", name), ("Attributes.entry.1.value", value)));
        Assert.Equal("400 ValidationError The parameter Tags.member.1.Key is not supported.",
            await sns.ErrorAsync("CreateTopic", ("Name", "b"), ("Tags.member.1.Key", "k")));
    }

    [Fact]
    public async Task A_deleted_topic_takes_its_subscriptions_with_it_and_deleting_it_again_is_a_success()
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        var subscription = await sns.SubscribeAsync(SnsOnPortZero.QueueArn("audit"));
        await sns.OkAsync("DeleteTopic", ("TopicArn", TopicArn));
        await sns.OkAsync("DeleteTopic", ("TopicArn", TopicArn));
        Assert.Equal(
            "404 NotFound Topic does not exist", await sns.ErrorAsync("GetTopicAttributes", ("TopicArn", TopicArn)));
        Assert.Equal("404 NotFound Subscription does not exist",
            await sns.ErrorAsync("GetSubscriptionAttributes", ("SubscriptionArn", subscription)));
        Assert.Empty(SnsOnPortZero.Texts(await sns.OkAsync("ListSubscriptions"), "SubscriptionArn"));
    }

    [Fact]
    public async Task A_topic_counts_its_subscriptions()
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        await sns.SubscribeAsync(SnsOnPortZero.QueueArn("audit"));
        await sns.OkAsync("Unsubscribe",
            ("SubscriptionArn", await sns.SubscribeAsync(SnsOnPortZero.FunctionArn("Catalog"))));
        var shown = SnsOnPortZero.Attributes(await sns.OkAsync("GetTopicAttributes", ("TopicArn", TopicArn)));
        Assert.Equal(("1", "1", "0", TopicArn, "000000000000"), (shown["SubscriptionsConfirmed"],
            shown["SubscriptionsDeleted"], shown["SubscriptionsPending"], shown["TopicArn"], shown["Owner"]));
    }

    [Fact]
    public async Task Lists_come_a_hundred_at_a_time()
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        for (var i = 0; i < 120; i++) await sns.OkAsync("CreateTopic", ("Name", $"t{i}"));
        var first = await sns.OkAsync("ListTopics");
        var second = await sns.OkAsync("ListTopics", ("NextToken", SnsOnPortZero.Text(first, "NextToken")!));
        Assert.Equal(
            (100, 21), (SnsOnPortZero.Texts(first, "TopicArn").Length, SnsOnPortZero.Texts(second, "TopicArn").Length));
        Assert.Equal(
            121, SnsOnPortZero.Texts(first, "TopicArn").Union(SnsOnPortZero.Texts(second, "TopicArn")).Count());
        Assert.Null(SnsOnPortZero.Text(second, "NextToken"));
    }

    [Theory]
    [InlineData("nonsense", "TopicArn Reason: An ARN must have at least 6 elements, not 1")]
    [InlineData("arn:aws:sns:us-east-1", "TopicArn Reason: An ARN must have at least 6 elements, not 4")]
    [InlineData("arn:aws:sns:eu-west-1:000000000000:alerts", "TopicArn")]
    [InlineData("arn:aws:sqs:us-east-1:000000000000:alerts", "TopicArn")]
    public async Task A_bad_ARN_is_refused_before_the_topic_is_sought(string arn, string what)
    {
        await using var sns = await SnsOnPortZero.StartAsync();
        Assert.Equal($"400 InvalidParameter Invalid parameter: {what}",
            await sns.ErrorAsync("Publish", ("TopicArn", arn), ("Message", "m")));
    }

    [Fact]
    public async Task Topics_and_subscriptions_are_bounded()
    {
        await using var sns = await SnsOnPortZero.StartAsync(new() { MaxTopics = 2, MaxSubscriptions = 1 });
        await sns.OkAsync("CreateTopic", ("Name", "second"));
        Assert.Equal("403 TopicLimitExceeded The number of topics has reached its limit.",
            await sns.ErrorAsync("CreateTopic", ("Name", "third")));
        await sns.SubscribeAsync(SnsOnPortZero.QueueArn("audit"));
        Assert.Equal("403 SubscriptionLimitExceeded The number of subscriptions has reached its limit.",
            await sns.ErrorAsync(
                "Subscribe", ("TopicArn", TopicArn), ("Protocol", "sqs"), ("Endpoint", SnsOnPortZero.QueueArn("b"))));
    }
}
