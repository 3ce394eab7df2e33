using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Recorded.Sqs;

public sealed class ReceiveCases : RecordedTest
{
    private const string Digest = "6e2baaf3b97dbeef01c0043275f9a0e7";

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
        foreach (var (name, receives) in new[] { ("All", 1), ("SenderId", 2) })
        {
            var answer = await SqsAsync("ReceiveMessage", queue,
                $$"""{"MessageSystemAttributeNames":["All"],"AttributeNames":["{{name}}"]}""");
            Assert.Equal(Received(All(receives)), answer.Ok().Text);
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
        const string attributes = "4c360f3fdafd970e05fae2f149d997f5";
        Assert.Equal($$"""
            {"MD5OfMessageAttributes":"{{attributes}}","MD5OfMessageBody":"{{Digest}}","MessageId":"<id>"}
            """, sent.Ok().Text);
        var json = string.Join(
            ',', asked.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => $"\"{name}\""));

        var answer = await SqsAsync("ReceiveMessage", queue, $$"""{"MessageAttributeNames":[{{json}}]}""");

        Assert.Equal(Received("", string.Join(',', names.Select(Member)), digest), answer.Ok().Text);

        static string Member(string name) => Value(name, name switch
        {
            "General" => "Kenobi",
            "Hello" => "There",
            _ => "Me",
        });
    }

    private async Task NamesAsync(string parameter)
    {
        var queue = await QueueAsync(attributes: """{"VisibilityTimeout":"0"}""");
        (await SqsAsync("SendMessage", queue, """
            {"MessageBody":"msg","MessageAttributes":{"Foo":{"DataType":"String","StringValue":"Bar"} } }
            """)).Ok();

        Assert.Equal(Received(All(1)), await ReceiveAsync($$"""{"{{parameter}}":["All"]}"""));
        Assert.Equal(Received(All(2), Value("Foo", "Bar"), "ae7155c6026991b6d54b11589678bf9c"),
            await ReceiveAsync($$"""{"{{parameter}}":["All"],"MessageAttributeNames":["All"]}"""));
        foreach (var names in new[] { "\"SenderId\"", "\"SenderId\",\"SequenceNumber\"" })
            Assert.Equal(Received("\"SenderId\":\"s\""), await ReceiveAsync($$"""{"{{parameter}}":[{{names}}]}"""));

        async Task<string> ReceiveAsync(string json) => (await SqsAsync("ReceiveMessage", queue, json)).Ok().Text;
    }

    private static string All(int receives) => $"""
        "ApproximateFirstReceiveTimestamp":"t","ApproximateReceiveCount":"{receives}","SenderId":"s","SentTimestamp":"t"
        """;

    private static string Value(string name, string value) =>
        $$"""
        "{{name}}":{"DataType":"String","StringValue":"{{value}}"}
        """;

    /// <summary>An answer with the message <c>msg</c>.</summary>
    /// <param name="system">System attributes, as members.</param>
    /// <param name="attributes">Message attributes, as members; with them comes their digest.</param>
    private static string Received(string system, string attributes = "", string? digest = null) =>
        AnswerText.OfText($$"""
            {"Messages":[{"Body":"msg","MD5OfBody":"{{Digest}}","MessageId":"m","ReceiptHandle":"h"
            {{(system.Length == 0 ? "" : $",\"Attributes\":{{{system}}}")}}
            {{(digest is null
                ? ""
                : $",\"MessageAttributes\":{{{attributes}}},\"MD5OfMessageAttributes\":\"{digest}\"")}} }]}
            """);

    private async Task SendAsync(string queue, string body) => (await SqsAsync(
        "SendMessage", queue, new JsonObject { ["MessageBody"] = body }.ToJsonString())).Ok();
}
