namespace Isobar.Local.Tests.Recorded.Sqs;

public sealed class BatchCases : RecordedTest
{
    private const string InvalidId =
        "400 AWS.SimpleQueueService.InvalidBatchEntryId: A batch entry id can only contain alphanumeric characters, "
        + "hyphens and underscores. It can be at most 80 letters long.";

    private const string TooMany =
        "400 AWS.SimpleQueueService.TooManyEntriesInBatchRequest: Maximum number of entries per request are 10. You "
        + "have sent 20.";

    [Fact]
    [RecordedCase("sqs: test_invalid_batch_id")]
    public async Task An_entry_to_send_has_a_plain_id()
    {
        var queue = await QueueAsync();
        var answer = await SqsAsync(
            "SendMessageBatch", queue, """{"Entries":[{"Id":"message:1","MessageBody":"m"}]}""");
        Assert.Equal(InvalidId, answer.Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("bad:id")]
    [InlineData(
        "a-hundred-and-two-letters-------------------------------------------------------------------------------")]
    [RecordedCase("sqs: test_delete_message_batch_invalid_msg_id")]
    public async Task An_entry_to_delete_has_a_plain_id(string id)
    {
        var queue = await QueueAsync();
        var answer = await SqsAsync(
            "DeleteMessageBatch", queue, $$"""{"Entries":[{"Id":"{{id}}","ReceiptHandle":"h"}]}""");
        Assert.Equal(InvalidId, answer.Error);
    }

    [Fact]
    [RecordedCase("sqs: test_too_many_entries_in_batch_request")]
    public async Task Twenty_messages_are_not_sent_at_once()
    {
        var queue = await QueueAsync();
        var answer = await SqsAsync("SendMessageBatch", queue, Twenty(i => $$"""{"Id":"{{i}}","MessageBody":"m"}"""));
        Assert.Equal(TooMany, answer.Error);
    }

    [Fact]
    [RecordedCase("sqs: test_delete_message_batch_with_too_large_batch")]
    public async Task Twenty_messages_are_not_deleted_at_once()
    {
        var queue = await QueueAsync();
        var answer = await SqsAsync(
            "DeleteMessageBatch", queue, Twenty(i => $$"""{"Id":"{{i}}","ReceiptHandle":"h{{i}}"}"""));
        Assert.Equal(TooMany, answer.Error);
    }

    [Fact]
    [RecordedCase("sqs: test_change_message_visibility_batch_with_too_large_batch")]
    public async Task Twenty_messages_are_not_hidden_at_once()
    {
        var queue = await QueueAsync();
        var answer = await SqsAsync("ChangeMessageVisibilityBatch", queue,
            Twenty(i => $$"""{"Id":"{{i}}","ReceiptHandle":"h{{i}}","VisibilityTimeout":1}"""));
        Assert.Equal(TooMany, answer.Error);
    }

    private static string Twenty(Func<int, string> entry) =>
        $$"""{"Entries":[{{string.Join(',', Enumerable.Range(0, 20).Select(entry))}}]}""";
}
