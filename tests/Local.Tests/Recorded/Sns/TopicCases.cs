namespace Isobar.Local.Tests.Recorded.Sns;

public sealed class TopicCases : SnsRecordedTest
{
    private const string NotFound = "404 NotFound: Topic does not exist";
    private const string Exists =
        "400 InvalidParameter: Invalid parameter: Attributes Reason: Topic already exists with different attributes";

    private const string Delivery = """
        {"http":{"defaultHealthyRetryPolicy":{"minDelayTarget":20,"maxDelayTarget":20,"numRetries":3,
        "numMaxDelayRetries":0,"numNoDelayRetries":0,"numMinDelayRetries":0,"backoffFunction":"linear"},
        "disableSubscriptionOverrides":false,"defaultRequestPolicy":{"headerContentType":"text/plain; charset=UTF-8"}}}
        """;

    private const string Access = $$$$"""
        {"Version":"2008-10-17","Id":"__default_policy_ID","Statement":[{"Sid":"__default_statement_ID",
        "Effect":"Allow","Principal":{"AWS":"*"},"Action":["SNS:GetTopicAttributes","SNS:SetTopicAttributes",
        "SNS:AddPermission","SNS:RemovePermission","SNS:DeleteTopic","SNS:Subscribe",
        "SNS:ListSubscriptionsByTopic","SNS:Publish"],"Resource":"{{{{Topic}}}}",
        "Condition":{"StringEquals":{"AWS:SourceOwner":"{{{{Account}}}}"}}}]}
        """;

    [Fact]
    [RecordedCase("sns: test_create_topic_test_arn")]
    public async Task A_topic_shows_its_attributes_until_it_is_deleted()
    {
        Assert.Equal(Made(), (await SnsAsync("CreateTopic", ("Name", "topic"))).Ok().Text);
        Assert.Equal(Attributes(""), (await SnsAsync("GetTopicAttributes", ("TopicArn", Topic))).Ok().Text);
        Assert.Equal("", (await SnsAsync("DeleteTopic", ("TopicArn", Topic))).Ok().Text.Trim('"'));
        Assert.Equal(NotFound, (await SnsAsync("GetTopicAttributes", ("TopicArn", Topic))).Error);
    }

    [Fact]
    [RecordedCase("sns: test_create_topic_different_attrs")]
    public async Task A_topic_is_made_again_only_with_the_attributes_it_has()
    {
        Assert.Equal(Made(), (await MakeAsync(("DisplayName", "One"))).Ok().Text);
        Assert.Equal(Made(), (await MakeAsync()).Ok().Text);
        Assert.Equal(Attributes("One"), (await SnsAsync("GetTopicAttributes", ("TopicArn", Topic))).Ok().Text);
        Assert.Equal(Made(), (await MakeAsync(("DisplayName", "One"))).Ok().Text);
        Assert.Equal(Made(), (await MakeAsync(("FifoTopic", "false"))).Ok().Text);
        Assert.Equal(Exists, (await MakeAsync(("DisplayName", "Two"))).Error);
        Assert.Equal(
            "400 InvalidParameter: Invalid parameter: Topic Name", (await MakeAsync(("FifoTopic", "true"))).Error);
        Assert.Equal(Exists, (await MakeAsync(("SignatureVersion", "2"))).Error);
        Assert.Equal(Exists, (await MakeAsync(("SignatureVersion", "2"), ("DisplayName", "One"))).Error);

        Task<Answer> MakeAsync(params (string Name, string Value)[] attributes) => SnsAsync("CreateTopic",
        [
            ("Name", "topic"), .. attributes.SelectMany((attribute, i) => new (string, string?)[]
            {
                ($"Attributes.entry.{i + 1}.key", attribute.Name),
                ($"Attributes.entry.{i + 1}.value", attribute.Value),
            }),
        ]);
    }

    [Fact]
    [RecordedCase("sns: test_create_topic_name_constraints")]
    public async Task A_topic_has_a_plain_name_of_256_letters_at_most()
    {
        var longest = new string('a', 256);
        Assert.Equal(Made(longest), (await SnsAsync("CreateTopic", ("Name", longest))).Ok().Text);
        string[] bad =
        [
            "", new string('a', 257), "test.fifo",
            .. ":;!@|^% ".Select(character => $"bad{character}name"),
        ];
        foreach (var name in bad)
        {
            Assert.Equal("400 InvalidParameter: Invalid parameter: Topic Name",
                (await SnsAsync("CreateTopic", ("Name", name))).Error);
        }

        var fifo = await SnsAsync("CreateTopic",
            ("Name", "test"), ("Attributes.entry.1.key", "FifoTopic"), ("Attributes.entry.1.value", "true"));
        Assert.Equal("400 InvalidParameter: Invalid parameter: Topic Name", fifo.Error);
    }

    [Fact]
    [RecordedCase("sns: test_delete_topic_idempotency")]
    public async Task A_topic_can_be_deleted_twice()
    {
        await TopicAsync();
        for (var turn = 0; turn < 2; turn++)
            Assert.Equal("", (await SnsAsync("DeleteTopic", ("TopicArn", Topic))).Ok().Text.Trim('"'));
    }

    [Fact]
    [RecordedCase("sns: test_delete_non_existent_topic")]
    public async Task A_topic_that_never_was_can_be_deleted() =>
        Assert.Equal("", (await SnsAsync("DeleteTopic", ("TopicArn", Topic))).Ok().Text.Trim('"'));

    private static string Made(string name = "topic") =>
        $$"""{"TopicArn":"arn:aws:sns:us-east-1:{{Account}}:{{name}}"}""";

    private static string Attributes(string displayName) => $$$"""
        {"Attributes":{"DisplayName":"{{{displayName}}}",
        "EffectiveDeliveryPolicy":{{{Quote(Delivery.ReplaceLineEndings(""))}}},"Owner":"{{{Account}}}",
        "Policy":{{{Quote(Access.ReplaceLineEndings(""))}}},"SubscriptionsConfirmed":"0",
        "SubscriptionsDeleted":"0","SubscriptionsPending":"0","TopicArn":"{{{Topic}}}"}}
        """.ReplaceLineEndings("");
}
