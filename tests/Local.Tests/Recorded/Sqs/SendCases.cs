namespace Isobar.Local.Tests.Recorded.Sqs;

public sealed class SendCases : RecordedTest
{
    private const string Trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

    [Fact]
    [RecordedCase("sqs: test_send_empty_message")]
    public async Task An_empty_body_is_a_missing_one()
    {
        var answer = await SqsAsync("SendMessage", await QueueAsync(), """{"MessageBody":""}""");
        Assert.Equal(
            "400 MissingParameter: The request must contain the parameter MessageBody.", answer.Error);
    }

    [Fact]
    [RecordedCase("sqs: test_send_message_with_empty_string_attribute")]
    public async Task An_attribute_is_not_empty()
    {
        var answer = await SqsAsync("SendMessage", await QueueAsync(), """
            {"MessageBody":"m","MessageAttributes":{"ErrorDetails":{"DataType":"String","StringValue":""} } }
            """);
        Assert.Equal(
            "400 InvalidParameterValue: Message (user) attribute 'ErrorDetails' must contain a non-empty value of type "
            + "'String'.", answer.Error);
    }

    [Fact]
    [RecordedCase("sqs: test_send_message_with_binary_attributes")]
    public async Task A_binary_attribute_comes_back_as_it_was_with_its_digest()
    {
        var queue = await QueueAsync();
        var mark = Convert.ToBase64String("traceparent\u001e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01"u8);
        (await SqsAsync("SendMessage", queue, $$"""
            {"MessageBody":"test","MessageAttributes":{"attr1":{"DataType":"Binary","BinaryValue":"{{mark}}"} } }
            """)).Ok();
        var answer = await SqsAsync("ReceiveMessage", queue, """{"MessageAttributeNames":["All"]}""");
        Assert.Equal($$$"""
            {"Messages":[{"Body":"test","MD5OfBody":"098f6bcd4621d373cade4e832627b4f6",
            "MD5OfMessageAttributes":"8cbe4db156db8a94db8b801b7addb984",
            "MessageAttributes":{"attr1":{"BinaryValue":"{{{mark}}}","DataType":"Binary"}},
            "MessageId":"<id>","ReceiptHandle":"<handle>"}]}
            """.ReplaceLineEndings(""), answer.Ok().Text);
    }

    [Fact]
    [RecordedCase("sqs: test_aws_trace_header_propagation")]
    public async Task The_trace_header_of_the_request_becomes_the_message_s()
    {
        var queue = await QueueAsync();
        TraceHeader = Trace;
        (await SqsAsync("SendMessage", queue, """
            {"MessageBody":"test",
            "MessageAttributes":{"timestamp":{"StringValue":"1493147359900","DataType":"Number"} } }
            """)).Ok();
        var answer = await SqsAsync("ReceiveMessage", queue, """
            {"AttributeNames":["SentTimestamp","AWSTraceHeader"],"MessageAttributeNames":["All"]}
            """);
        Assert.Equal($$$"""
            {"Messages":[{"Attributes":{"AWSTraceHeader":"{{{Trace}}}","SentTimestamp":"<time>"},
            "Body":"test","MD5OfBody":"098f6bcd4621d373cade4e832627b4f6",
            "MD5OfMessageAttributes":"235c5c510d26fb653d073faed50ae77c",
            "MessageAttributes":{"timestamp":{"DataType":"Number","StringValue":"1493147359900"}},
            "MessageId":"<id>","ReceiptHandle":"<handle>"}]}
            """.ReplaceLineEndings(""), answer.Ok().Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("group 123")]
    [InlineData(
        "129-letters--------------------------------------------------------------------------------------------------"
        + "--------------------")]
    [RecordedCase("sqs: test_send_message_to_standard_queue_with_invalid_message_group_id")]
    public async Task A_message_group_has_a_plain_name(string group)
    {
        var answer = await SqsAsync("SendMessage", await QueueAsync(),
            $$"""{"MessageBody":"m","MessageGroupId":"{{group}}"}""");
        Assert.Equal(
            $"400 InvalidParameterValue: Value {group} for parameter MessageGroupId is invalid. Reason: MessageGroupId "
            + "can only include alphanumeric and punctuation characters. 1 to 128 in length.", answer.Error);
    }

    [Fact]
    [RecordedCase("sqs: test_fair_queue_with_message_group_id")]
    public async Task A_message_of_a_group_shows_its_group()
    {
        var queue = await QueueAsync();
        var sent = await SqsAsync("SendMessage", queue, """{"MessageBody":"message","MessageGroupId":"test"}""");
        Assert.Equal(
            """{"MD5OfMessageBody":"78e731027d8fd50ed642340b7c9a63b3","MessageId":"<id>"}""", sent.Ok().Text);
        var received = await SqsAsync(
            "ReceiveMessage", queue, """{"WaitTimeSeconds":5,"AttributeNames":["All"]}""");
        Assert.Equal("""
            {"Messages":[{"Attributes":{"ApproximateFirstReceiveTimestamp":"<time>","ApproximateReceiveCount":"1",
            "MessageGroupId":"test","SenderId":"<sender>","SentTimestamp":"<time>"},"Body":"message",
            "MD5OfBody":"78e731027d8fd50ed642340b7c9a63b3","MessageId":"<id>","ReceiptHandle":"<handle>"}]}
            """.ReplaceLineEndings(""), received.Ok().Text);
    }

    [Fact]
    [RecordedCase("sqs: test_dead_letter_queue_message_attributes")]
    public async Task A_dead_letter_keeps_what_it_was_sent_with_and_tells_where_it_comes_from()
    {
        var deadLetters = await QueueAsync("dead-letters");
        var queue = await QueueAsync("queue", $$"""
            {"RedrivePolicy":
            "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:{{Account}}:dead-letters\",\"maxReceiveCount\":1}"}
            """);
        (await SqsAsync("SendMessage", queue, $$"""
            {"MessageBody":"message-1",
            "MessageAttributes":{"MyAttribute":{"StringValue":"foobar","DataType":"String"} },
            "MessageSystemAttributes":{"AWSTraceHeader":{"StringValue":"{{Trace}}","DataType":"String"} } }
            """)).Ok();
        for (var turn = 0; turn < 2; turn++) await ReceiveAsync(queue);

        var answer = await ReceiveAsync(deadLetters);

        Assert.Equal($$$"""
            {"Messages":[{"Attributes":{"AWSTraceHeader":"{{{Trace}}}","ApproximateFirstReceiveTimestamp":"<time>",
            "ApproximateReceiveCount":"2","DeadLetterQueueSourceArn":"arn:aws:sqs:us-east-1:{{{Account}}}:queue",
            "SenderId":"<sender>","SentTimestamp":"<time>"},
            "Body":"message-1","MD5OfBody":"3d6b824fd8c1520e9a047d21fee6fb1f",
            "MD5OfMessageAttributes":"adb59cd4678ea5a855436b949cd07ab6",
            "MessageAttributes":{"MyAttribute":{"DataType":"String","StringValue":"foobar"}},
            "MessageId":"<id>","ReceiptHandle":"<handle>"}]}
            """.ReplaceLineEndings(""), answer.Text);

        async Task<Answer> ReceiveAsync(string from) => (await SqsAsync("ReceiveMessage", from, """
            {"VisibilityTimeout":0,"AttributeNames":["All"],"MessageAttributeNames":["All"]}
            """)).Ok();
    }
}
