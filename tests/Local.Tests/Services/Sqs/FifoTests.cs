using Isobar.Local.Services.Sqs;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.Sqs;

/// <summary>Order, deduplication and redrive of FIFO queues.</summary>
public sealed class FifoTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Visibility = TimeSpan.FromSeconds(30);
    private readonly SqsByHand sqs = new();

    [Fact]
    public void A_group_with_messages_in_flight_hands_out_nothing_and_others_go_on()
    {
        var queue = sqs.CreateFifo("q.fifo");
        foreach (var body in new[] { "a1", "a2", "a3", "b1" }) sqs.Send(queue, body, group: body[..1]);
        var first = sqs.Receive(queue, 2);
        Assert.Equal(["a1", "a2"], SqsByHand.Bodies(first));

        Assert.Equal(["b1"], SqsByHand.Bodies(sqs.Receive(queue)));
        sqs.State.DeleteMessage(queue, first[0].ReceiptHandle, sqs.Now);
        Assert.Empty(sqs.Receive(queue));
        sqs.State.DeleteMessage(queue, first[1].ReceiptHandle, sqs.Now);

        Assert.Equal(["a3"], SqsByHand.Bodies(sqs.Receive(queue)));
    }

    [Fact]
    public void A_group_goes_on_from_its_earliest_message_when_the_visibility_timeout_ends()
    {
        var queue = sqs.CreateFifo("q.fifo");
        foreach (var body in new[] { "1", "2", "3" }) sqs.Send(queue, body, group: "g");
        sqs.Receive(queue, 2);
        sqs.Advance(Visibility);

        var again = sqs.Receive(queue);

        Assert.Equal(["1", "2", "3"], SqsByHand.Bodies(again));
        Assert.Equal([2, 2, 1], again.Select(message => message.ReceiveCount));
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "1")]
    [InlineData(2, "1 2")]
    public void What_stays_hidden_blocks_only_what_was_sent_after_it(int hidden, string handedOut)
    {
        var queue = sqs.CreateFifo("q.fifo");
        foreach (var body in new[] { "1", "2", "3" }) sqs.Send(queue, body, group: "g");
        var received = sqs.Receive(queue);
        sqs.State.ChangeVisibility(queue, received[hidden].ReceiptHandle, TimeSpan.FromMinutes(5), sqs.Now);

        sqs.Advance(Visibility);

        Assert.Equal(handedOut, string.Join(' ', SqsByHand.Bodies(sqs.Receive(queue))));
    }

    [Fact]
    public void A_receive_that_waits_gets_the_next_message_of_a_group_when_the_one_before_is_deleted()
    {
        var queue = sqs.CreateFifo("q.fifo");
        sqs.Send(queue, "1", group: "g");
        var first = Assert.Single(sqs.Receive(queue));
        var waiter = sqs.Wait(queue, TimeSpan.FromMinutes(1));
        sqs.Send(queue, "2", group: "g");
        Assert.False(sqs.IsAnswered(waiter));

        sqs.State.DeleteMessage(queue, first.ReceiptHandle, sqs.Now);

        Assert.Equal(["2"], SqsByHand.Bodies(sqs.Answer(waiter)));
    }

    [Fact]
    public void A_message_is_accepted_once_in_five_minutes_even_when_it_was_deleted_meanwhile()
    {
        var queue = sqs.CreateFifo("q.fifo");
        var original = sqs.Post(queue, "body", "g");
        sqs.State.DeleteMessage(queue, Assert.Single(sqs.Receive(queue)).ReceiptHandle, sqs.Now);
        sqs.Advance(SqsLimits.DeduplicationInterval - Second);

        Assert.Equal(original, sqs.Post(queue, "body", "other group"));
        Assert.Empty(sqs.Receive(queue));
        Assert.Contains(new MessageDeduplicated("q.fifo", original.MessageId), sqs.Facts);

        sqs.Advance(Second);
        Assert.NotEqual(original.MessageId, sqs.Post(queue, "body", "g").MessageId);
        Assert.Single(sqs.Receive(queue));
    }

    [Fact]
    public void The_id_given_counts_more_than_the_content()
    {
        var queue = sqs.CreateFifo("q.fifo");
        sqs.Post(queue, "same body", "g", "one");
        sqs.Post(queue, "same body", "g", "two");
        sqs.Post(queue, "other body", "g", "two");

        Assert.Equal(["one", "two"],
            sqs.Receive(queue).Select(message => message.Content.MessageDeduplicationId));
    }

    [Fact]
    public void The_scope_of_an_id_is_the_queue_or_the_group()
    {
        var whole = sqs.CreateFifo("whole.fifo");
        var byGroup = sqs.CreateFifo("by-group.fifo", ("DeduplicationScope", "messageGroup"));
        foreach (var queue in new[] { whole, byGroup })
            foreach (var group in new[] { "a", "b", "a" }) sqs.Post(queue, "body", group, "id");

        Assert.Single(sqs.Receive(whole));
        Assert.Equal(2, sqs.Receive(byGroup).Count);
    }

    [Fact]
    public void Sequence_numbers_grow_with_every_message_of_a_queue()
    {
        var queue = sqs.CreateFifo("q.fifo");
        var sent = Enumerable.Range(0, 100).Select(i => sqs.Post(queue, $"{i}", $"g{i % 3}").SequenceNumber!).ToArray();

        Assert.Equal(sent.Order(StringComparer.Ordinal), sent);
        Assert.Equal(sent.Distinct(), sent);
        Assert.All(sent, number => Assert.Equal(20, number.Length));
    }

    [Fact]
    public void The_handle_of_a_receive_deletes_only_while_that_receive_hides_the_message()
    {
        var queue = sqs.CreateFifo("q.fifo");
        sqs.Send(queue, "m", group: "g");
        var first = Assert.Single(sqs.Receive(queue));
        sqs.Advance(Visibility);

        Assert.EndsWith("Reason: The receipt handle has expired.",
            Assert.Throws<AwsException>(() => Delete(first)).Message, StringComparison.Ordinal);
        var second = Assert.Single(sqs.Receive(queue));
        Assert.Throws<AwsException>(() => Delete(first));
        Delete(second);
        Delete(second);
        Delete(first);
        Assert.Empty(sqs.Receive(queue));

        void Delete(ReceivedMessage message) => sqs.State.DeleteMessage(queue, message.ReceiptHandle, sqs.Now);
    }

    [Fact]
    public void A_message_received_too_often_lets_its_group_go_on_from_the_dead_letter_queue()
    {
        var deadLetters = sqs.CreateFifo("failures.fifo");
        var policy = RedrivePolicyText.Write(new RedrivePolicy(SqsByHand.ArnOf("failures.fifo"), 2));
        var queue = sqs.CreateFifo("q.fifo", ("RedrivePolicy", policy));
        var poison = sqs.Send(queue, "poison", group: "g");
        sqs.Send(queue, "good", group: "g");
        for (var receive = 0; receive < 2; receive++)
        {
            Assert.Equal(["poison"], SqsByHand.Bodies(sqs.Receive(queue, 1)));
            sqs.Advance(Visibility);
        }

        Assert.Equal(["good"], SqsByHand.Bodies(sqs.Receive(queue, 1)));
        var moved = Assert.Single(sqs.Receive(deadLetters));
        Assert.Equal((poison, "g"), (moved.Content.MessageId, moved.Content.MessageGroupId));
        // In a FIFO queue the retention period starts again.
        Assert.Equal(sqs.Now, moved.Sent);
    }

    [Theory]
    [InlineData("q.fifo", "standard")]
    [InlineData("other", "failures.fifo")]
    public void A_dead_letter_queue_is_of_the_type_of_its_source(string name, string deadLetters)
    {
        sqs.Create("standard");
        sqs.CreateFifo("failures.fifo");
        var policy = RedrivePolicyText.Write(new RedrivePolicy(SqsByHand.ArnOf(deadLetters), 2));
        (string, string)[] attributes = name == "q.fifo" ? [("FifoQueue", "true")] : [];

        var refused = Assert.Throws<AwsException>(() => sqs.Create(name, [.. attributes, ("RedrivePolicy", policy)]));

        Assert.EndsWith(
            "Reason: Dead-letter queue must be same type of queue as the source..", refused.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_delayed_message_keeps_those_behind_it_back_and_a_new_delay_holds_for_those_sent_before()
    {
        var queue = sqs.CreateFifo("q.fifo", ("DelaySeconds", "60"));
        sqs.Send(queue, "1", group: "g");
        sqs.Advance(10 * Second);
        sqs.Send(queue, "2", group: "g");
        var waiter = sqs.Wait(queue, TimeSpan.FromMinutes(1));

        Delay("20");
        Assert.False(sqs.IsAnswered(waiter));
        sqs.Advance(10 * Second);
        Assert.Equal(["1"], SqsByHand.Bodies(sqs.Answer(waiter)));

        Delay("0");
        var found = sqs.State.Find(queue, sqs.Now);
        Assert.Equal((1, 0), (found.VisibleCount, found.DelayedCount));
        Assert.Empty(sqs.Receive(queue));

        void Delay(string seconds) => sqs.State.Configure(
            queue, new Dictionary<string, string> { ["DelaySeconds"] = seconds }, sqs.Now);
    }

    [Fact]
    public void A_receive_that_is_tried_again_gets_the_same_messages_and_hides_them_anew()
    {
        var queue = sqs.CreateFifo("q.fifo");
        foreach (var body in new[] { "1", "2" }) sqs.Send(queue, body, group: "g");
        var first = sqs.Receive(queue, attempt: "one");
        sqs.Advance(20 * Second);

        var again = sqs.Receive(queue, attempt: "one");

        Assert.Equal(first, again);
        Assert.Empty(sqs.Receive(queue, attempt: "two"));
        sqs.Advance(20 * Second);
        Assert.Empty(sqs.Receive(queue));
        sqs.Advance(10 * Second);
        Assert.Equal([2, 2], sqs.Receive(queue, attempt: "one").Select(message => message.ReceiveCount));
    }

    [Fact]
    public void A_message_deleted_or_changed_ends_what_an_attempt_may_repeat()
    {
        var queue = sqs.CreateFifo("q.fifo");
        foreach (var group in new[] { "a", "b" }) sqs.Send(queue, group, group: group);
        var first = sqs.Receive(queue, 1, attempt: "one");
        sqs.State.ChangeVisibility(queue, first[0].ReceiptHandle, TimeSpan.FromMinutes(1), sqs.Now);

        Assert.Equal(["b"], SqsByHand.Bodies(sqs.Receive(queue, 1, attempt: "one")));
    }

    [Fact]
    public void Above_the_bound_of_receive_attempts_the_oldest_is_forgotten()
    {
        var attempts = new ReceiveAttempts();
        for (var i = 0; i <= SqsLimits.MaxReceiveAttempts; i++) attempts.Add($"{i}", [], [], sqs.Now);

        Assert.Equal(SqsLimits.MaxReceiveAttempts, attempts.Count);
        Assert.Null(attempts.Find("0", sqs.Now));
        Assert.NotNull(attempts.Find("1", sqs.Now));
        Assert.Null(attempts.Find("1", sqs.Now + SqsLimits.DeduplicationInterval));
    }

    [Fact]
    public void What_a_queue_remembers_of_deduplication_counts_as_memory_for_five_minutes()
    {
        var queue = sqs.CreateFifo("q.fifo");
        sqs.Send(queue, "m", group: "g");
        sqs.State.DeleteMessage(queue, Assert.Single(sqs.Receive(queue)).ReceiptHandle, sqs.Now);
        Assert.Equal(SqsLimits.DeduplicationBytes, sqs.State.StoredBytes);

        sqs.Advance(SqsLimits.DeduplicationInterval);
        Assert.Empty(sqs.Receive(queue));
        Assert.Equal(0, sqs.State.StoredBytes);

        sqs.Send(queue, "m", group: "g");
        sqs.State.Purge(queue, sqs.Now);
        Assert.Equal(0, sqs.State.StoredBytes);
        sqs.Send(queue, "m", group: "g");
        Assert.Single(sqs.Receive(queue));
    }

    [Fact]
    public void At_the_limit_of_messages_in_flight_a_receive_gets_nothing_and_no_error()
    {
        var queue = sqs.CreateFifo("q.fifo", ("VisibilityTimeout", "600"));
        for (var i = 0; i <= SqsLimits.MaxInFlight; i++) sqs.Send(queue, $"{i}", group: $"{i}");
        for (var i = 0; i < SqsLimits.MaxInFlight; i += 10_000) sqs.Receive(queue, 10_000);

        Assert.Empty(sqs.Receive(queue));
        Assert.Equal(SqsLimits.MaxInFlight, sqs.State.Find(queue, sqs.Now).InFlightCount);
    }

    [Fact]
    public void Groups_with_messages_in_flight_are_counted_for_CloudWatch()
    {
        var queue = sqs.CreateFifo("q.fifo");
        foreach (var body in new[] { "a1", "a2", "b1", "c1" }) sqs.Send(queue, body, group: body[..1]);
        sqs.Receive(queue, 3);

        var sample = Assert.Single(sqs.State.Sample(sqs.Now));

        Assert.Equal((1, 3, 2), (sample.Visible, sample.InFlight, sample.GroupsInFlight));
        Assert.Contains(QueueMetrics.Of(sample),
            datum => datum.Metric.Name == "ApproximateNumberOfGroupsWithInflightMessages" && datum.Value == 2);
    }
}
