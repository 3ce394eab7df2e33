using System.Diagnostics;
using Isobar.Local.Services.Sqs;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.Sqs;

public sealed class VisibilityTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly SqsByHand sqs = new();

    [Fact]
    public void Messages_come_in_the_order_in_which_they_were_sent()
    {
        var queue = sqs.Create("chunks");
        for (var i = 0; i < 5; i++) sqs.Send(queue, $"{i}");

        Assert.Equal(["0", "1", "2"], SqsByHand.Bodies(sqs.Receive(queue, 3)));
        Assert.Equal(["3", "4"], SqsByHand.Bodies(sqs.Receive(queue, 3)));
        Assert.Empty(sqs.Receive(queue));
    }

    [Fact]
    public void A_message_reappears_after_its_visibility_timeout()
    {
        var queue = sqs.Create("chunks", ("VisibilityTimeout", "30"));
        sqs.Send(queue, "a");
        sqs.Receive(queue);

        sqs.Advance(30 * Second - TimeSpan.FromTicks(1));
        Assert.Empty(sqs.Receive(queue));
        sqs.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(2, Assert.Single(sqs.Receive(queue)).ReceiveCount);
    }

    [Fact]
    public void The_earliest_timeout_is_when_the_state_has_something_to_say()
    {
        var queue = sqs.Create("chunks");
        sqs.Send(queue, "a");
        sqs.Send(queue, "b");
        var first = sqs.Receive(queue, 1, 50 * Second)[0];
        sqs.Receive(queue, 1, 60 * Second);
        Assert.Equal(sqs.Now + 50 * Second, sqs.State.NextDue);

        sqs.State.DeleteMessage(queue, first.ReceiptHandle, sqs.Now);

        Assert.Equal(sqs.Now + 60 * Second, sqs.State.NextDue);
    }

    [Fact]
    public void A_receive_with_a_timeout_of_zero_gets_each_message_once_and_hides_none()
    {
        var queue = sqs.Create("chunks");
        sqs.Send(queue, "a");
        sqs.Send(queue, "b");

        Assert.Equal(["a", "b"], SqsByHand.Bodies(sqs.Receive(queue, 10, TimeSpan.Zero)));
        Assert.Equal(2, sqs.State.Find(queue, sqs.Now).VisibleCount);
    }

    [Fact]
    public void A_changed_timeout_counts_from_the_change()
    {
        var queue = sqs.Create("chunks");
        sqs.Send(queue, "a");
        var handle = sqs.Receive(queue)[0].ReceiptHandle;
        sqs.Advance(20 * Second);

        sqs.State.ChangeVisibility(queue, handle, 20 * Second, sqs.Now);

        sqs.Advance(19 * Second);
        Assert.Empty(sqs.Receive(queue));
        sqs.Advance(Second);
        Assert.Single(sqs.Receive(queue));
    }

    [Fact]
    public void A_timeout_changed_to_zero_shows_the_message_at_once()
    {
        var queue = sqs.Create("chunks");
        sqs.Send(queue, "a");
        sqs.State.ChangeVisibility(queue, sqs.Receive(queue)[0].ReceiptHandle, TimeSpan.Zero, sqs.Now);

        Assert.Single(sqs.Receive(queue));
    }

    [Fact]
    public void A_message_stays_hidden_for_twelve_hours_in_all_at_most()
    {
        var queue = sqs.Create("chunks");
        sqs.Send(queue, "a");
        var handle = sqs.Receive(queue, 1, TimeSpan.FromHours(12))[0].ReceiptHandle;
        sqs.Advance(Second);

        var error = Assert.Throws<AwsException>(
            () => sqs.State.ChangeVisibility(queue, handle, TimeSpan.FromHours(12), sqs.Now));

        Assert.Contains("beyond the limit [43200 seconds]", error.Message, StringComparison.Ordinal);
        sqs.State.ChangeVisibility(queue, handle, TimeSpan.FromHours(12) - Second, sqs.Now);
    }

    [Fact]
    public void Who_lost_a_message_to_another_consumer_can_not_hide_it_but_can_delete_it()
    {
        var queue = sqs.Create("chunks");
        sqs.Send(queue, "a");
        var old = sqs.Receive(queue)[0].ReceiptHandle;
        sqs.Advance(30 * Second);
        sqs.Receive(queue);

        Assert.Throws<AwsException>(() => sqs.State.ChangeVisibility(queue, old, TimeSpan.Zero, sqs.Now));
        sqs.State.DeleteMessage(queue, old, sqs.Now);

        Assert.Equal(0, sqs.State.Find(queue, sqs.Now).Count);
    }

    [Fact]
    public void Deleting_twice_is_no_error_and_a_deleted_message_can_not_be_hidden()
    {
        var queue = sqs.Create("chunks");
        sqs.Send(queue, "a");
        var handle = sqs.Receive(queue)[0].ReceiptHandle;
        sqs.State.DeleteMessage(queue, handle, sqs.Now);
        sqs.State.DeleteMessage(queue, handle, sqs.Now);

        var error = Assert.Throws<AwsException>(() => sqs.State.ChangeVisibility(queue, handle, Second, sqs.Now));

        Assert.Equal("InvalidParameterValue", error.QueryCode);
        Assert.Null(sqs.State.NextDue);
    }

    [Fact]
    public void A_handle_of_another_queue_or_of_none_is_invalid()
    {
        var queue = sqs.Create("chunks");
        var other = sqs.Create("other");
        sqs.Send(queue, "a");
        var handle = sqs.Receive(queue)[0].ReceiptHandle;
        var forged = (handle[0] == 'A' ? 'B' : 'A') + handle[1..];

        foreach (var (target, text) in new[]
                 {
                     (other, handle), (queue, forged), (queue, "x"), (queue, handle + "AAAA"),
                 })
            Assert.Equal("ReceiptHandleIsInvalid",
                Assert.Throws<AwsException>(() => sqs.State.DeleteMessage(target, text, sqs.Now)).Code);
    }

    [Fact]
    public void The_120_001st_message_in_flight_is_refused_to_a_short_poll_and_awaited_by_a_long_one()
    {
        var queue = sqs.Create("chunks");
        for (var i = 0; i <= SqsLimits.MaxInFlight; i++) sqs.Send(queue, "a");
        var received = sqs.Receive(queue, SqsLimits.MaxInFlight + 1);
        Assert.Equal(SqsLimits.MaxInFlight, received.Count);

        Assert.Equal("OverLimit", Assert.Throws<AwsException>(() => sqs.Receive(queue)).Code);
        var waiter = sqs.Wait(queue, 20 * Second);
        Assert.False(sqs.IsAnswered(waiter));
        sqs.State.DeleteMessage(queue, received[0].ReceiptHandle, sqs.Now);

        Assert.Single(sqs.Answer(waiter));
    }

    [Fact]
    public void A_hundred_thousand_waiting_messages_do_not_slow_a_queue_down()
    {
        var queue = sqs.Create("chunks");
        for (var i = 0; i < 100_000; i++) sqs.Send(queue, "message");
        var watch = Stopwatch.StartNew();
        for (var received = sqs.Receive(queue); received.Count > 0; received = sqs.Receive(queue))
            foreach (var message in received) sqs.State.DeleteMessage(queue, message.ReceiptHandle, sqs.Now);

        // About 0.5 s on a quiet machine; a walk over the queue for each message would take many minutes.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        Assert.Equal(0, sqs.State.StoredBytes);
    }
}
