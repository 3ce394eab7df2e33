using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Recorded.Sqs;

/// <summary>What the test's own assertions say that AWS did, and what was recorded beside them.</summary>
public sealed class FifoVisibilityCases : RecordedTest
{
    [Fact]
    [RecordedCase("sqs: test_fifo_delete_after_visibility_timeout")]
    public async Task A_message_that_reappeared_can_not_be_deleted_by_its_old_handle()
    {
        var queue = await FifoAsync(1);
        await SendAsync(queue, ("foobar", "1"));
        var received = await ReceiveAsync(queue, """{"WaitTimeSeconds":5}""");
        Assert.Equal(FifoText.Received(["foobar"]), received.Text);
        await PassAsync(1);
        Assert.Equal($"400 InvalidParameterValue: Value {Handle(received)} for parameter ReceiptHandle is invalid. "
            + "Reason: The receipt handle has expired.", (await DeleteAsync(queue, received)).Error);
    }

    [Fact]
    [RecordedCase("sqs: test_fifo_delete_after_visibility_timeout_extended")]
    public async Task A_message_that_is_hidden_for_longer_can_be_deleted_for_longer()
    {
        var queue = await FifoAsync(1);
        await SendAsync(queue, ("foobar", "1"));
        var received = await ReceiveAsync(queue, """{"WaitTimeSeconds":5}""");
        await ChangeAsync(queue, received, 0, 5);
        await PassAsync(2);
        (await DeleteAsync(queue, received)).Ok();
        Assert.Equal("{}", (await ReceiveAsync(queue)).Text);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1, "foo")]
    [InlineData(2, "foo", "bar")]
    [RecordedCase("sqs: test_fifo_group_visibility_extends_with_change_message_visibility")]
    public async Task A_message_hidden_for_longer_keeps_back_those_sent_after_it(int position, params string[] seen)
    {
        var queue = await FifoAsync(1);
        await SendAsync(queue, ("foo", "1"), ("bar", "1"), ("baz", "1"));
        var received = await ReceiveAsync(queue, """{"MaxNumberOfMessages":5}""");
        Assert.Equal(FifoText.Received(["foo", "bar", "baz"]), received.Text);
        await ChangeAsync(queue, received, position, 4);
        await PassAsync(2);
        Assert.Equal(seen.Length == 0 ? "{}" : FifoText.Received(seen),
            (await ReceiveAsync(queue, """{"MaxNumberOfMessages":5}""")).Text);
    }

    [Fact]
    [RecordedCase("sqs: test_fifo_approximate_number_of_messages_not_visible")]
    public async Task Messages_behind_one_in_flight_count_as_visible()
    {
        var queue = await FifoAsync(60);
        await SendAsync(queue, ("message-1", "1"), ("message-2", "1"), ("message-3", "2"), ("message-4", "2"),
            ("message-5", "3"), ("message-6", "3"));
        Assert.Equal(FifoText.Received(["message-1"]), (await ReceiveAsync(queue)).Text);
        Assert.Equal(FifoText.Received(["message-3"]), (await ReceiveAsync(queue)).Text);
        Assert.Equal(("4", "2"), await CountsAsync());
        await PassAsync(60);
        Assert.Equal(("6", "0"), await CountsAsync());

        async Task<(string, string)> CountsAsync()
        {
            var attributes = (await SqsAsync("GetQueueAttributes", queue, """{"AttributeNames":["All"]}""")).Ok()
                .Body!["Attributes"]!;
            return ((string)attributes["ApproximateNumberOfMessages"]!,
                (string)attributes["ApproximateNumberOfMessagesNotVisible"]!);
        }
    }

    [Fact]
    [RecordedCase("sqs: test_fifo_receive_message_group_id_ordering")]
    public async Task A_receive_takes_all_of_a_group_before_the_next()
    {
        var queue = await FifoAsync(30);
        await SendAsync(queue, ("g1-m1", "1"), ("g2-m1", "2"), ("g1-m2", "1"), ("g1-m3", "1"));
        Assert.Equal(["g1-m1", "g1-m2", "g1-m3", "g2-m1"], Bodies(await ReceiveAsync(queue, Ten)));
    }

    [Fact]
    [RecordedCase("sqs: test_fifo_receive_message_with_zero_visibility_timeout")]
    public async Task A_group_that_got_messages_back_goes_behind_the_others()
    {
        var queue = await FifoAsync(30);
        await SendAsync(queue, ("g1-m1", "1"), ("g2-m1", "2"), ("g2-m2", "2"), ("g3-m1", "3"), ("g1-m2", "1"));
        Assert.Equal(["g1-m1", "g1-m2", "g2-m1"],
            Bodies(await ReceiveAsync(queue, """{"MaxNumberOfMessages":3,"VisibilityTimeout":0}""")));
        Assert.Equal(["g3-m1", "g1-m1", "g1-m2", "g2-m1", "g2-m2"],
            Bodies(await ReceiveAsync(queue, """{"MaxNumberOfMessages":10,"VisibilityTimeout":0}""")));
    }

    [Fact]
    [RecordedCase("sqs: test_fifo_receive_message_visibility_timeout_shared_in_group")]
    public async Task A_group_is_hidden_as_long_as_its_first_messages_are()
    {
        var queue = await FifoAsync(1);
        await SendAsync(queue, ("g1-m1", "1"), ("g1-m2", "1"), ("g1-m3", "1"), ("g1-m4", "1"), ("g2-m1", "2"),
            ("g3-m1", "3"));
        Assert.Equal(["g1-m1", "g1-m2"], Bodies(await ReceiveAsync(queue, """{"MaxNumberOfMessages":2}""")));
        Assert.Equal(["g2-m1"], Bodies(await ReceiveAsync(queue)));
        await PassAsync(2);
        Assert.Equal(["g3-m1", "g1-m1", "g1-m2", "g1-m3", "g1-m4", "g2-m1"],
            Bodies(await ReceiveAsync(queue, """{"MaxNumberOfMessages":10,"VisibilityTimeout":0}""")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [RecordedCase("sqs: test_fifo_message_group_visibility_after_change_message_visibility")]
    public async Task A_message_that_is_visible_early_comes_without_the_later_ones_in_flight(int seconds)
    {
        var queue = await FifoAsync(30);
        await SendAsync(queue, ("g1-m1", "1"), ("g1-m2", "1"), ("g2-m1", "2"));
        var received = await ReceiveAsync(queue, """{"MaxNumberOfMessages":2}""");
        await ChangeAsync(queue, received, 0, seconds);
        await PassAsync(2 * seconds);
        Assert.Equal(["g2-m1", "g1-m1"], Bodies(await ReceiveAsync(queue, """{"MaxNumberOfMessages":3}""")));
    }

    [Fact]
    [RecordedCase("sqs: test_fifo_message_group_visibility_after_partial_delete")]
    public async Task A_group_of_which_one_message_is_in_flight_stays_hidden()
    {
        var queue = await FifoAsync(30);
        await SendAsync(queue, ("g1-m1", "1"), ("g2-m1", "2"), ("g1-m2", "1"), ("g2-m2", "2"), ("g1-m3", "1"),
            ("g1-m4", "1"), ("g3-m1", "3"));
        await DeleteAsync(queue, await ReceiveAsync(queue, """{"MaxNumberOfMessages":2}"""));
        Assert.Equal(["g2-m1", "g2-m2", "g3-m1"], Bodies(await ReceiveAsync(queue, Ten)));
    }

    private const string Ten = """{"MaxNumberOfMessages":10}""";

    private static string Handle(Answer received, int position = 0) =>
        (string)received.Body!["Messages"]![position]!["ReceiptHandle"]!;

    private static IEnumerable<string> Bodies(Answer received) =>
        (received.Body!["Messages"]?.AsArray() ?? []).Select(message => (string)message!["Body"]!);

    private Task<string> FifoAsync(int visibilityTimeout) => QueueAsync("queue.fifo", new JsonObject
    {
        ["FifoQueue"] = "true",
        ["ContentBasedDeduplication"] = "true",
        ["VisibilityTimeout"] = $"{visibilityTimeout}",
    }.ToJsonString());

    private async Task SendAsync(string queue, params (string Body, string Group)[] messages)
    {
        foreach (var (body, group) in messages)
            (await SqsAsync("SendMessage", queue, FifoText.Message(body, group, null))).Ok();
    }

    private async Task<Answer> ReceiveAsync(string queue, string terms = "{}") =>
        (await SqsAsync("ReceiveMessage", queue, terms)).Ok();

    private Task<Answer> DeleteAsync(string queue, Answer received) =>
        SqsAsync("DeleteMessage", queue, $$"""{"ReceiptHandle":"{{Handle(received)}}"}""");

    private async Task ChangeAsync(string queue, Answer received, int position, int seconds) => (await SqsAsync(
        "ChangeMessageVisibility", queue,
        $$"""{"ReceiptHandle":"{{Handle(received, position)}}","VisibilityTimeout":{{seconds}}}""")).Ok();
}
