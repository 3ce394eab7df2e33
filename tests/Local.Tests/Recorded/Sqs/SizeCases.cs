namespace Isobar.Local.Tests.Recorded.Sqs;

public sealed class SizeCases : RecordedTest
{
    private const string Attribute = """{"k":{"DataType":"String","StringValue":"x"} }""";

    // What the attribute counts: its name, its type and its value.
    private const int AttributeBytes = 1 + 6 + 1;

    [Fact]
    [RecordedCase("sqs: test_send_oversized_message")]
    public async Task A_message_with_its_attributes_has_1_MiB_at_most()
    {
        var queue = await QueueAsync();
        var answer = await SqsAsync("SendMessage", queue, $$"""
            {"MessageBody":"{{new string('a', 1_048_576 - AttributeBytes + 1)}}","MessageAttributes":{{Attribute}} }
            """);
        Assert.Equal(
            "400 InvalidParameterValue: One or more parameters are invalid. Reason: Message must be shorter "
            + "than 1048576 bytes.", answer.Error);
    }

    [Fact]
    [RecordedCase("sqs: test_send_message_with_updated_maximum_message_size")]
    public async Task A_queue_can_take_less_and_says_so()
    {
        var queue = await QueueAsync();
        (await SqsAsync("SetQueueAttributes", queue, """{"Attributes":{"MaximumMessageSize":"1024"} }""")).Ok();
        (await SqsAsync("SendMessage", queue, $$"""{"MessageBody":"{{new string('a', 1024)}}"}""")).Ok();
        var answer = await SqsAsync("SendMessage", queue, $$"""
            {"MessageBody":"{{new string('a', 1024 - AttributeBytes + 1)}}","MessageAttributes":{{Attribute}} }
            """);
        Assert.Equal(
            "400 InvalidParameterValue: One or more parameters are invalid. Reason: Message must be shorter "
            + "than 1024 bytes.", answer.Error);
    }

    [Fact]
    [RecordedCase("sqs: test_send_message_batch_with_oversized_contents")]
    public async Task A_batch_that_is_one_byte_too_long_is_refused_whole_and_counted()
    {
        var queue = await QueueAsync();
        var answer = await SqsAsync("SendMessageBatch", queue, $$"""
            {"Entries":[
              {"Id":"1","MessageBody":"{{new string('a', 1_048_576 - AttributeBytes)}}",
              "MessageAttributes":{{Attribute}} },
              {"Id":"2","MessageBody":"a"}]}
            """);
        Assert.Equal(
            "400 AWS.SimpleQueueService.BatchRequestTooLong: Batch requests cannot be longer than 1048576 bytes. You "
            + "have sent 1048577 bytes.", answer.Error);
    }

    [Fact]
    [RecordedCase("sqs: test_send_message_batch_with_oversized_contents_with_updated_maximum_message_size")]
    public async Task A_batch_may_be_longer_than_the_queue_s_longest_message()
    {
        var queue = await QueueAsync();
        (await SqsAsync("SetQueueAttributes", queue, """{"Attributes":{"MaximumMessageSize":"2048"} }""")).Ok();
        var answer = await SqsAsync("SendMessageBatch", queue, $$"""
            {"Entries":[
              {"Id":"1","MessageBody":"{{new string('a', 2048 - AttributeBytes)}}","MessageAttributes":{{Attribute}} },
              {"Id":"2","MessageBody":"a"}]}
            """);
        Assert.Equal(
            """
            {"Successful":[{"Id":"1","MD5OfMessageAttributes":"a45daa70926828a2f0a1db3418e6feb4",
            "MD5OfMessageBody":"f44facf5a7ee0af446ecf3e0f854441e","MessageId":"<id>"},
            {"Id":"2","MD5OfMessageBody":"0cc175b9c0f1b6a831c399e269772661","MessageId":"<id>"}]}
            """.ReplaceLineEndings(""), answer.Ok().Text);
    }

    [Fact]
    [RecordedCase("sqs: test_send_batch_message_size")]
    public async Task A_message_of_a_batch_that_is_too_long_fails_alone()
    {
        var queue = await QueueAsync(attributes: """{"MaximumMessageSize":"1024"}""");
        var answer = await SqsAsync("SendMessageBatch", queue, $$"""
            {"Entries":[{"Id":"fits","MessageBody":"{{new string('a', 1024)}}"},
            {"Id":"long","MessageBody":"{{new string('a', 1025)}}"}]}
            """);
        Assert.Equal(
            """
            {"Failed":[{"Code":"InvalidParameterValue","Id":"long","Message":"One or more parameters cannot be
             validated. Reason: Message must be shorter than 1024 bytes.","SenderFault":true}],
            "Successful":[{"Id":"fits","MD5OfMessageBody":"c9a34cfc85d982698c6ac89f76071abd","MessageId":"<id>"}]}
            """.ReplaceLineEndings(""), answer.Ok().Text);
    }
}
