namespace Isobar.Local.Tests.Recorded.Sqs;

public sealed class VisibilityCases : RecordedTest
{
    [Fact]
    [RecordedCase("sqs: test_change_message_visibility_after_visibility_timeout_expiration")]
    public async Task A_message_that_reappeared_can_be_hidden_by_the_handle_of_its_last_receive()
    {
        var queue = await QueueAsync(attributes: """{"VisibilityTimeout":"1"}""");
        var handle = await SendAndReceiveAsync(queue);
        await PassAsync(2);
        var answer = await SqsAsync("ChangeMessageVisibility", queue,
            $$"""{"ReceiptHandle":"{{handle}}","VisibilityTimeout":2}""");
        Assert.Equal("{}", answer.Ok().Text);
    }

    [Fact]
    [RecordedCase("sqs: test_delete_after_visibility_timeout")]
    public async Task A_message_that_reappeared_can_be_deleted_by_the_handle_of_its_last_receive()
    {
        var queue = await QueueAsync(attributes: """{"VisibilityTimeout":"1"}""");
        var handle = await SendAndReceiveAsync(queue);
        await PassAsync(1);
        (await SqsAsync("DeleteMessage", queue, $$"""{"ReceiptHandle":"{{handle}}"}""")).Ok();
        Assert.Equal("{}", (await SqsAsync("ReceiveMessage", queue)).Ok().Text);
    }

    [Fact]
    [RecordedCase("sqs: test_approximate_number_of_messages_not_visible")]
    public async Task A_received_message_is_counted_apart_until_it_reappears()
    {
        var queue = await QueueAsync(attributes: """{"VisibilityTimeout":"60"}""");
        for (var i = 1; i < 6; i++) (await SqsAsync("SendMessage", queue, """{"MessageBody":"m"}""")).Ok();
        await SendAndReceiveAsync(queue);
        Assert.Equal(Counts(visible: 5, hidden: 1), await CountsAsync());
        await PassAsync(60);
        Assert.Equal(Counts(visible: 6, hidden: 0), await CountsAsync());

        async Task<string> CountsAsync() => (await SqsAsync("GetQueueAttributes", queue, """
            {"AttributeNames":["ApproximateNumberOfMessages","ApproximateNumberOfMessagesNotVisible",
            "ApproximateNumberOfMessagesDelayed"]}
            """)).Ok().Text;
    }

    private static string Counts(int visible, int hidden) => $$$"""
        {"Attributes":{"ApproximateNumberOfMessages":"{{{visible}}}","ApproximateNumberOfMessagesDelayed":"0",
        "ApproximateNumberOfMessagesNotVisible":"{{{hidden}}}"}}
        """.ReplaceLineEndings("");

    private async Task<string> SendAndReceiveAsync(string queue)
    {
        (await SqsAsync("SendMessage", queue, """{"MessageBody":"m"}""")).Ok();
        var received = (await SqsAsync("ReceiveMessage", queue, """{"WaitTimeSeconds":1}""")).Ok();
        return (string)Assert.Single(received.Body!["Messages"]!.AsArray())!["ReceiptHandle"]!;
    }
}
