namespace Isobar.Local.Tests.Recorded.Sns;

public sealed class TopicCases : SnsRecordedTest
{
    private const string NotFound = "404 NotFound: Topic does not exist";
    private const string Exists =
        "400 InvalidParameter: Invalid parameter: Attributes Reason: Topic already exists with different attributes";

    private const string NoPolicies =
        "AWS shows Policy and EffectiveDeliveryPolicy, which the host does not have, because it keeps to neither.";

    [Fact]
    [RecordedCase("sns: test_create_topic_test_arn", Differs = NoPolicies)]
    public async Task A_topic_shows_its_attributes_until_it_is_deleted()
    {
        var made = await SnsAsync("CreateTopic", ("Name", "topic"));
        Assert.Equal($$"""{"TopicArn":"{{Topic}}"}""", made.Ok().Text);
        var shown = (await SnsAsync("GetTopicAttributes", ("TopicArn", Topic))).Ok().Text;
        Assert.Equal(Attributes(""), shown);
        Assert.DoesNotContain("Policy", shown, StringComparison.Ordinal);
        (await SnsAsync("DeleteTopic", ("TopicArn", Topic))).Ok();
        Assert.Equal(NotFound, (await SnsAsync("GetTopicAttributes", ("TopicArn", Topic))).Error);
    }

    [Fact]
    [RecordedCase("sns: test_create_topic_different_attrs",
        Differs = "Another signature version is refused as such, not as a difference; and " + NoPolicies)]
    public async Task A_topic_is_made_again_only_with_the_attributes_it_has()
    {
        (await MakeAsync("DisplayName", "One")).Ok();
        (await SnsAsync("CreateTopic", ("Name", "topic"))).Ok();
        Assert.Equal(Attributes("One"), (await SnsAsync("GetTopicAttributes", ("TopicArn", Topic))).Ok().Text);
        Assert.Equal(Exists, (await MakeAsync("DisplayName", "Two")).Error);
        (await MakeAsync("FifoTopic", "false")).Ok();
        Assert.Equal(
            "400 InvalidParameter: Invalid parameter: Topic Name", (await MakeAsync("FifoTopic", "true")).Error);
        RecordedAnswer.Differs(Exists,
            "400 InvalidParameter: Invalid parameter: Attributes Reason: SignatureVersion: Invalid value [2].",
            (await MakeAsync("SignatureVersion", "2")).Error);

        Task<Answer> MakeAsync(string name, string value) => SnsAsync("CreateTopic",
            ("Name", "topic"), ("Attributes.entry.1.key", name), ("Attributes.entry.1.value", value));
    }

    [Fact]
    [RecordedCase("sns: test_create_topic_name_constraints")]
    public async Task A_topic_has_a_plain_name_of_256_letters_at_most()
    {
        (await SnsAsync("CreateTopic", ("Name", new string('a', 256)))).Ok();
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
        for (var turn = 0; turn < 2; turn++) (await SnsAsync("DeleteTopic", ("TopicArn", Topic))).Ok();
    }

    [Fact]
    [RecordedCase("sns: test_delete_non_existent_topic")]
    public async Task A_topic_that_never_was_can_be_deleted() =>
        (await SnsAsync("DeleteTopic", ("TopicArn", Topic))).Ok();

    private static string Attributes(string displayName) => $$$"""
        {"Attributes":{"DisplayName":"{{{displayName}}}","Owner":"{{{Account}}}","SubscriptionsConfirmed":"0",
        "SubscriptionsDeleted":"0","SubscriptionsPending":"0","TopicArn":"{{{Topic}}}"}}
        """.ReplaceLineEndings("");
}
