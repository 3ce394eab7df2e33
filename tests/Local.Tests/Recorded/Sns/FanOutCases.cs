namespace Isobar.Local.Tests.Recorded.Sns;

public sealed class FanOutCases : SnsRecordedTest
{
    private const string Mark = "AgME";
    private const string Trace = "Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1";

    [Fact]
    [RecordedCase("sns: test_python_lambda_subscribe_sns_topic")]
    public async Task A_function_gets_the_message_as_one_record()
    {
        await TopicAsync();
        var subscription = await SubscribedAsync(FunctionArn("Catalog"));
        (await PublishAsync("Hello.", ("Subject", "A subject"))).Ok();
        Assert.Equal($$$"""
            {"Records":[{"EventSource":"aws:sns","EventSubscriptionArn":"{{{subscription}}}","EventVersion":"1.0",
            "Sns":{"Message":"Hello.","MessageAttributes":{},"MessageId":"<id>","Signature":"<signature>",
            "SignatureVersion":"1","SigningCertUrl":"<url>","Subject":"A subject","Timestamp":"<time>",
            "TopicArn":"{{{Topic}}}","Type":"Notification","UnsubscribeUrl":"<url>"}}]}
            """.ReplaceLineEndings(""), AnswerText.OfText(Assert.Single(Functions.Texts("function:Catalog"))));
    }

    [Fact]
    [RecordedCase("sns: test_subscribe_sqs_queue")]
    public async Task A_queue_with_a_filter_gets_what_passes_it()
    {
        await TopicAsync();
        var queue = await QueueAsync();
        const string policy = """{"attr1":[{"numeric":[">",0,"<=",100]}]}""";
        var subscription = await SubscribedAsync(QueueArn("queue"), ("FilterPolicy", policy));
        Assert.Equal(Attributes(QueueArn("queue"),
                before: $"\"FilterPolicy\":{Quote(policy)},\"FilterPolicyScope\":\"MessageAttributes\","),
            await AttributesAsync(subscription));
        (await PublishAsync("passes", Attribute("attr1", "Number", "99.12"))).Ok();
        Assert.Equal(Envelope("passes", attributes: """{"attr1":{"Type":"Number","Value":"99.12"} }"""),
            await TakeEnvelopeAsync(queue));
    }

    [Fact]
    [RecordedCase("sns: test_publish_unicode_chars")]
    public async Task Letters_of_every_kind_arrive()
    {
        await TopicAsync();
        var queue = await QueueAsync();
        await SubscribedAsync(QueueArn("queue"));
        (await PublishAsync("ö§a1\"_!?,. £$-")).Ok();
        Assert.Equal(Envelope("ö§a1\"_!?,. £$-"), await TakeEnvelopeAsync(queue));
    }

    [Fact]
    [RecordedCase("sns: test_attribute_raw_subscribe")]
    public async Task A_raw_message_keeps_its_attributes()
    {
        await TopicAsync();
        var queue = await QueueAsync();
        var subscription = await SubscribedAsync(QueueArn("queue"), ("RawMessageDelivery", "true"));
        Assert.Equal(Attributes(QueueArn("queue"), raw: true), await AttributesAsync(subscription));
        (await PublishAsync("raw", Attribute("store", "Binary", base64: Mark))).Ok();
        Assert.Equal(
            [
                Message(Quote("raw"), $$"""{"store":{"BinaryValue":"{{Mark}}","DataType":"Binary"} }""",
                    "739e1f65e6627b5665ae8a7a44a9b178"),
            ],
            await TakeAsync(queue));
    }

    [Fact]
    [RecordedCase("sns: test_publish_sqs_from_sns")]
    public async Task A_subscription_turns_from_raw_to_wrapped_and_the_next_message_with_it()
    {
        await TopicAsync();
        var queue = await QueueAsync();
        var subscription = await SubscribedAsync(QueueArn("queue"));
        (await SetAsync(subscription, "RawMessageDelivery", "true")).Ok();
        Assert.Equal(Attributes(QueueArn("queue"), raw: true), await AttributesAsync(subscription));
        (await PublishAsync("m", Attribute("attr1", "Number", "99.12"))).Ok();
        Assert.Equal(
            [
                Message(Quote("m"), """{"attr1":{"DataType":"Number","StringValue":"99.12"} }""",
                    "d302007e9aa062660afc85fd0a482472"),
            ],
            await TakeAsync(queue));

        (await SetAsync(subscription, "RawMessageDelivery", "false")).Ok();
        Assert.Equal(Attributes(QueueArn("queue")), await AttributesAsync(subscription));
        (await PublishAsync("m", Attribute("attr1", "Number", "100.12"))).Ok();
        Assert.Equal(Envelope("m", attributes: """{"attr1":{"Type":"Number","Value":"100.12"} }"""),
            await TakeEnvelopeAsync(queue));
    }

    [Fact]
    [RecordedCase("sns: test_publish_batch_messages_from_sns_to_sqs")]
    public async Task Every_entry_of_a_batch_arrives_with_its_own_attributes()
    {
        await TopicAsync();
        var queue = await QueueAsync();
        var subscription = await SubscribedAsync(QueueArn("queue"), ("RawMessageDelivery", "true"));
        Assert.Equal(Attributes(QueueArn("queue"), raw: true), await AttributesAsync(subscription));
        const string entry = "PublishBatchRequestEntries.member.";
        var answer = await SnsAsync("PublishBatch",
        [
            ("TopicArn", Topic),
            ($"{entry}1.Id", "1"), ($"{entry}1.Message", "two"), ($"{entry}1.Subject", "s"),
            .. Attribute("attr1", "Number", "99.12", entry: $"{entry}1."),
            .. Attribute("attr2", "Number", "109.12", number: 2, entry: $"{entry}1."),
            ($"{entry}2.Id", "2"), ($"{entry}2.Message", "one"), ($"{entry}2.Subject", "s"),
            .. Attribute("attr1", "Number", "19.12", entry: $"{entry}2."),
            ($"{entry}3.Id", "3"), ($"{entry}3.Message", "none"),
            ($"{entry}4.Id", "4"), ($"{entry}4.Message", """{"default":"for all","sqs":"for queues"}"""),
            ($"{entry}4.MessageStructure", "json"),
        ]);
        await QuietAsync();

        Assert.Equal("""
            {"Failed":"","Successful":[{"Id":"1","MessageId":"<id>"},{"Id":"2","MessageId":"<id>"},
            {"Id":"3","MessageId":"<id>"},{"Id":"4","MessageId":"<id>"}]}
            """.ReplaceLineEndings(""), answer.Ok().Text);
        Assert.Equal(
            [
                Message(Quote("for queues")), Message(Quote("none")),
                Message(Quote("one"), """{"attr1":{"DataType":"Number","StringValue":"19.12"} }""",
                    "1f07082409022a373fa2a2601f82b3cb"),
                Message(Quote("two"), """
                    {"attr1":{"DataType":"Number","StringValue":"99.12"},
                    "attr2":{"DataType":"Number","StringValue":"109.12"} }
                    """, "9b720b3af309c1c4b0d395c53b08c502"),
            ],
            await TakeAsync(queue));
    }

    [Fact]
    [RecordedCase("sns: test_publish_sqs_from_sns_with_xray_propagation")]
    public async Task The_trace_of_the_publisher_goes_on_with_the_message()
    {
        await TopicAsync();
        var queue = await QueueAsync();
        await SubscribedAsync(QueueArn("queue"));
        TraceHeader = Trace;
        (await PublishAsync("traced")).Ok();
        TraceHeader = null;
        Assert.Equal(
            [Message(Envelope("traced"), system: $",\"AWSTraceHeader\":{Quote(Trace)}")], await TakeAsync(queue));
    }

    [Fact]
    [RecordedCase("sns: test_message_attributes_not_missing")]
    public async Task Attributes_arrive_beside_a_raw_message_and_within_an_envelope()
    {
        await TopicAsync();
        var queue = await QueueAsync();
        var subscription = await SubscribedAsync(QueueArn("queue"), ("RawMessageDelivery", "true"));
        (string, string?)[] attributes =
        [
            .. Attribute("an-attribute-key", "String", "an-attribute-value"),
            .. Attribute("binary-attribute", "Binary", base64: Mark, number: 2),
        ];
        Assert.Equal("""{"MessageId":"<id>"}""", (await PublishAsync("text", attributes)).Ok().Text);
        Assert.Equal(
            [
                Message(Quote("text"), $$"""
                    {"an-attribute-key":{"DataType":"String","StringValue":"an-attribute-value"},
                    "binary-attribute":{"BinaryValue":"{{Mark}}","DataType":"Binary"} }
                    """, "058db975d94016b2268fd03e9a188801"),
            ],
            await TakeAsync(queue));

        (await SetAsync(subscription, "RawMessageDelivery", "false")).Ok();
        Assert.Equal("""{"MessageId":"<id>"}""", (await PublishAsync("text", attributes)).Ok().Text);
        Assert.Equal(Envelope("text", attributes: $$"""
            {"an-attribute-key":{"Type":"String","Value":"an-attribute-value"},
            "binary-attribute":{"Type":"Binary","Value":"{{Mark}}"} }
            """), await TakeEnvelopeAsync(queue));
    }

    [Fact]
    [RecordedCase("sns: test_message_structure_json_to_sqs")]
    public async Task A_queue_gets_the_text_that_is_for_queues_and_else_the_default()
    {
        await TopicAsync();
        var queue = await QueueAsync();
        await SubscribedAsync(QueueArn("queue"));
        (await PublishAsync(
            """{"default":"for all","sqs":"{\"field\": \"value\"}"}""", ("MessageStructure", "json"))).Ok();
        Assert.Equal(Envelope("""{"field": "value"}"""), await TakeEnvelopeAsync(queue));
        (await PublishAsync("""{"default":"for all","sqs":{"field":"value"} }""", ("MessageStructure", "json"))).Ok();
        Assert.Equal(Envelope("for all"), await TakeEnvelopeAsync(queue));
    }

    [Fact]
    [RecordedCase("sns: test_publish_message_group_id")]
    public async Task The_group_of_a_message_goes_on_with_it_to_a_queue()
    {
        await TopicAsync();
        var queue = await QueueAsync();
        await SubscribedAsync(QueueArn("queue"));
        (await PublishAsync("m", [("MessageGroupId", "my-group-id-1"), .. Attribute("attr1", "Number", "1")])).Ok();
        Assert.Equal(
            [
                Message(Envelope("m", attributes: """{"attr1":{"Type":"Number","Value":"1"} }"""),
                    system: ",\"MessageGroupId\":\"my-group-id-1\""),
            ],
            await TakeAsync(queue));
    }
}
