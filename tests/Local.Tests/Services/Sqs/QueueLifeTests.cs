using Isobar.Local.Services.Sqs;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.Sqs;

public sealed class QueueLifeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly SqsByHand sqs = new();

    [Fact]
    public void A_queue_is_created_once_and_found_again_with_the_same_attributes()
    {
        sqs.Create("chunks", ("DelaySeconds", "5"), ("VisibilityTimeout", "60"));
        sqs.Create("chunks");
        sqs.Create("chunks", ("DelaySeconds", "5"));

        var error = Assert.Throws<AwsException>(
            () => sqs.Create("chunks", ("VisibilityTimeout", "60"), ("DelaySeconds", "6")));

        Assert.Equal(("QueueNameExists", "QueueAlreadyExists"), (error.Code, error.QueryCode));
        Assert.EndsWith("different value for attribute DelaySeconds", error.Message, StringComparison.Ordinal);
        Assert.Single(sqs.Facts.OfType<QueueCreated>());
    }

    [Fact]
    public void A_deleted_queues_name_is_free_after_sixty_seconds()
    {
        var queue = sqs.Create("chunks");
        sqs.Send(queue, "a");
        sqs.State.Delete(queue, sqs.Now);
        Assert.Equal(0, sqs.State.StoredBytes);

        sqs.Advance(59 * Second);
        Assert.Equal("QueueDeletedRecently", Assert.Throws<AwsException>(() => sqs.Create("chunks")).Code);
        sqs.Advance(Second);
        sqs.Create("chunks");

        Assert.Empty(sqs.Receive(queue));
    }

    [Fact]
    public void A_purge_takes_every_message_and_the_next_one_waits_for_sixty_seconds()
    {
        var queue = sqs.Create("chunks");
        for (var i = 0; i < 3; i++) sqs.Send(queue, "a");
        sqs.Send(queue, "later", 60 * Second);
        sqs.Receive(queue, 1);
        var waiter = sqs.Wait(sqs.Create("other"), 20 * Second);

        sqs.State.Purge(queue, sqs.Now);

        Assert.Equal(0, sqs.State.Find(queue, sqs.Now).Count);
        Assert.Equal(sqs.Now + 20 * Second, sqs.State.NextDue);
        Assert.Equal("PurgeQueueInProgress", Assert.Throws<AwsException>(() => sqs.State.Purge(queue, sqs.Now)).Code);
        sqs.Advance(60 * Second);
        sqs.State.Purge(queue, sqs.Now);
        Assert.Empty(sqs.Answer(waiter));
    }

    [Fact]
    public void A_delayed_message_comes_when_its_delay_is_over_and_its_own_delay_outranks_the_queues()
    {
        var queue = sqs.Create("chunks", ("DelaySeconds", "10"));
        sqs.Send(queue, "as the queue says");
        sqs.Send(queue, "at once", TimeSpan.Zero);
        sqs.Send(queue, "later", 15 * Second);
        var state = sqs.State.Find(queue, sqs.Now);
        Assert.Equal((1, 2, 0), (state.VisibleCount, state.DelayedCount, state.InFlightCount));

        Assert.Equal(["at once"], SqsByHand.Bodies(sqs.Receive(queue)));
        sqs.Advance(10 * Second);
        Assert.Equal(["as the queue says"], SqsByHand.Bodies(sqs.Receive(queue)));
        sqs.Advance(5 * Second);
        Assert.Equal(["later"], SqsByHand.Bodies(sqs.Receive(queue)));
    }

    [Fact]
    public void A_message_is_gone_when_its_retention_period_is_over_wherever_it_is()
    {
        var queue = sqs.Create("chunks", ("MessageRetentionPeriod", "60"));
        sqs.Send(queue, "in flight");
        sqs.Receive(queue, 1, TimeSpan.FromHours(1));
        sqs.Send(queue, "visible");
        sqs.Send(queue, "delayed", TimeSpan.FromMinutes(15));
        sqs.Advance(60 * Second - TimeSpan.FromTicks(1));
        Assert.Equal(3, sqs.State.Find(queue, sqs.Now).Count);

        sqs.Advance(TimeSpan.FromTicks(1));

        Assert.Empty(sqs.Receive(queue));
        Assert.Equal(3, sqs.Facts.OfType<MessageExpired>().Count());
        Assert.Equal(0, sqs.State.StoredBytes);
    }

    [Fact]
    public void The_ten_thousand_and_first_queue_is_refused_and_the_deleted_count_for_a_minute()
    {
        for (var i = 0; i < SqsLimits.MaxQueues; i++) sqs.Create($"q{i}");
        Assert.Equal("OverLimit", Assert.Throws<AwsException>(() => sqs.Create("more")).Code);

        sqs.State.Delete(SqsByHand.Key("q0"), sqs.Now);
        Assert.Equal("OverLimit", Assert.Throws<AwsException>(() => sqs.Create("more")).Code);
        sqs.Advance(60 * Second);

        sqs.Create("more");
    }

    [Fact]
    public void A_message_that_the_hosts_memory_has_no_room_for_is_refused_until_there_is_room()
    {
        var small = new SqsByHand(3 * (1_000 + SqsLimits.MessageOverheadBytes));
        var queue = small.Create("chunks");
        for (var i = 0; i < 3; i++) small.Send(queue, new string('a', 1_000));
        Assert.Equal("OverLimit", Assert.Throws<AwsException>(() => small.Send(queue, "b")).Code);

        small.State.DeleteMessage(queue, small.Receive(queue, 1)[0].ReceiptHandle, small.Now);

        small.Send(queue, new string('b', 1_000));
    }

    [Fact]
    public void A_message_may_be_as_long_as_the_queue_allows_and_no_longer()
    {
        var queue = sqs.Create("chunks", ("MaximumMessageSize", "1024"));
        sqs.Send(queue, new string('a', 1_024));

        Assert.Contains("shorter than 1024 bytes",
            Assert.Throws<AwsException>(() => sqs.Send(queue, new string('a', 1_025))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_receive_stops_before_the_bytes_it_has_room_for_but_never_before_the_first_message()
    {
        var queue = sqs.Create("chunks");
        for (var i = 0; i < 3; i++) sqs.Send(queue, new string('a', 1_000));

        Assert.Equal(2, sqs.Receive(queue, 10, null, 2_999).Count);
        Assert.Single(sqs.Receive(queue, 10, null, 1));
    }
}
