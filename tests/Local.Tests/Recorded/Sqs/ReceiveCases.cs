using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Recorded.Sqs;

public sealed class ReceiveCases : RecordedTest
{
    private const string All =
        "{\"ApproximateFirstReceiveTimestamp\":\"<time>\",\"ApproximateReceiveCount\":\"N\","
        + "\"SenderId\":\"<sender>\",\"SentTimestamp\":\"<time>\"}";

    [Fact]
    [RecordedCase("sqs: test_send_receive_max_number_of_messages")]
    public async Task Eleven_messages_are_not_received_at_once()
    {
        var answer = await SqsAsync("ReceiveMessage", await QueueAsync(), """{"MaxNumberOfMessages":11}""");
        Assert.Equal(
            "400 InvalidParameterValue: Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between "
            + "1 and 10, if provided.", answer.Error);
    }

    [Fact]
    [RecordedCase("sqs: test_send_receive_wait_time_seconds")]
    public async Task A_receive_waits_twenty_seconds_at_most_and_by_itself_not_at_all()
    {
        var queue = await QueueAsync();
        await SendAsync(queue, "message");
        await SendAsync(queue, "message");
        foreach (var seconds in new[] { 21, -1 })
        {
            var refused = await SqsAsync("ReceiveMessage", queue, $$"""{"WaitTimeSeconds":{{seconds}} }""");
            Assert.Equal(
                $"400 InvalidParameterValue: Value {seconds} for parameter WaitTimeSeconds is invalid. Reason: Must be "
                + ">= 0 and <= 20, if provided.", refused.Error);
        }

        foreach (var json in new[] { "{}", """{"WaitTimeSeconds":0}""" })
        {
            Assert.Equal("""
                {"Messages":[{"Body":"message","MD5OfBody":"78e731027d8fd50ed642340b7c9a63b3","MessageId":"<id>",
                "ReceiptHandle":"<handle>"}]}
                """.ReplaceLineEndings(""), (await SqsAsync("ReceiveMessage", queue, json)).Ok().Text);
        }
    }

    [Fact]
    [RecordedCase("sqs: test_receive_empty_queue")]
    public async Task An_empty_queue_answers_without_a_list()
    {
        var queue = await QueueAsync();
        foreach (var seconds in new[] { "", "\"WaitTimeSeconds\":0", "\"WaitTimeSeconds\":1" })
            Assert.Equal("{}", (await SqsAsync("ReceiveMessage", queue, $$"""{ {{seconds}} }""")).Ok().Text);
    }

    [Fact]
    [RecordedCase("sqs: test_send_message_via_queue_url_with_json_protocol")]
    public async Task A_client_may_post_to_the_queue_s_URL()
    {
        var answer = await SqsAsync("ReceiveMessage", await QueueAsync(), """{"WaitTimeSeconds":0}""", toQueue: true);
        Assert.Equal("200\ncontent-type: application/x-amz-json-1.0", answer.Head("content-type"));
        Assert.Equal("{}", answer.Text);
    }

    [Fact]
    [RecordedCase("sqs: test_receive_message_attribute_names_filters")]
    public Task System_attributes_come_by_their_names_of_old() => NamesAsync("AttributeNames");

    [Fact]
    [RecordedCase("sqs: test_receive_message_message_system_attribute_names_filters")]
    public Task System_attributes_come_by_name() => NamesAsync("MessageSystemAttributeNames");

    [Fact]
    [RecordedCase("sqs: test_message_system_attribute_names_with_attribute_names")]
    public async Task System_attributes_asked_for_in_both_ways_come_once()
    {
        var queue = await QueueAsync(attributes: """{"VisibilityTimeout":"0"}""");
        await SendAsync(queue, "msg");
        foreach (var (name, receives) in new[] { ("All", "1"), ("SenderId", "2") })
        {
            var answer = await SqsAsync("ReceiveMessage", queue,
                $$"""{"MessageSystemAttributeNames":["All"],"AttributeNames":["{{name}}"]}""");
            Assert.Equal(All.Replace("N", receives, StringComparison.Ordinal), Attributes(answer));
        }
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("All", "4c360f3fdafd970e05fae2f149d997f5", "General", "Hello", "Help.Me")]
    [InlineData("*", "4c360f3fdafd970e05fae2f149d997f5", "General", "Hello", "Help.Me")]
    [InlineData(".*", "4c360f3fdafd970e05fae2f149d997f5", "General", "Hello", "Help.Me")]
    [InlineData("Foo,Help", null)]
    [InlineData("Hello,General", "fca026605781cb4126a1e9044df24232", "General", "Hello")]
    [InlineData("Foo,Hello", "a311262e065454b75da111d535b8dacd", "Hello")]
    [InlineData("Hel.*", "83fee93c1bcd8b9a5a923ffacdc636c7", "Hello", "Help.Me")]
    [InlineData("AWS.", null)]
    [InlineData("..foo", null)]
    [RecordedCase("sqs: test_receive_message_message_attribute_names_filters")]
    public async Task Attributes_come_by_name_or_beginning_with_a_digest_of_those(
        string asked, string? digest, params string[] names)
    {
        var queue = await QueueAsync();
        var sent = await SqsAsync("SendMessage", queue, """
            {"MessageBody":"msg","MessageAttributes":{"Help.Me":{"DataType":"String","StringValue":"Me"},
            "Hello":{"DataType":"String","StringValue":"There"},
            "General":{"DataType":"String","StringValue":"Kenobi"} } }
            """);
        Assert.Equal("4c360f3fdafd970e05fae2f149d997f5", (string?)sent.Ok().Body!["MD5OfMessageAttributes"]);
        var json = string.Join(
            ',', asked.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => $"\"{name}\""));

        var answer = await SqsAsync("ReceiveMessage", queue, $$"""{"MessageAttributeNames":[{{json}}]}""");

        var message = answer.Ok().Body!["Messages"]![0]!;
        Assert.Equal(digest, (string?)message["MD5OfMessageAttributes"]);
        Assert.Equal(names, (message["MessageAttributes"]?.AsObject() ?? []).Select(each => each.Key).Order());
    }

    private async Task NamesAsync(string parameter)
    {
        var queue = await QueueAsync(attributes: """{"VisibilityTimeout":"0"}""");
        (await SqsAsync("SendMessage", queue, """
            {"MessageBody":"msg","MessageAttributes":{"Foo":{"DataType":"String","StringValue":"Bar"} } }
            """)).Ok();

        var first = await SqsAsync("ReceiveMessage", queue, $$"""{"{{parameter}}":["All"]}""");
        Assert.Equal(All.Replace("N", "1", StringComparison.Ordinal), Attributes(first));
        Assert.Null(first.Body!["Messages"]![0]!["MessageAttributes"]);

        var both = await SqsAsync(
            "ReceiveMessage", queue, $$"""{"{{parameter}}":["All"],"MessageAttributeNames":["All"]}""");
        Assert.Equal(All.Replace("N", "2", StringComparison.Ordinal), Attributes(both));
        Assert.Equal("ae7155c6026991b6d54b11589678bf9c",
            (string?)both.Body!["Messages"]![0]!["MD5OfMessageAttributes"]);

        foreach (var names in new[] { "\"SenderId\"", "\"SenderId\",\"SequenceNumber\"" })
        {
            var some = await SqsAsync("ReceiveMessage", queue, $$"""{"{{parameter}}":[{{names}}]}""");
            Assert.Equal("""{"SenderId":"<sender>"}""", Attributes(some));
        }
    }

    private static string Attributes(Answer answer) =>
        AnswerText.Of(Assert.Single(answer.Ok().Body!["Messages"]!.AsArray())!["Attributes"]);

    private async Task SendAsync(string queue, string body) => (await SqsAsync(
        "SendMessage", queue, new JsonObject { ["MessageBody"] = body }.ToJsonString())).Ok();
}
