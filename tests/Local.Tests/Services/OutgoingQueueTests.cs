using Isobar.Local.Services;

namespace Isobar.Local.Tests.Services;

public sealed class OutgoingQueueTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 12, 15, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_full_queue_takes_all_of_a_group_or_none()
    {
        var queue = new OutgoingQueue(3, 1_000);
        Assert.True(queue.TryAdd([Make(1), Make(1)]));
        Assert.False(queue.TryAdd([Make(1), Make(1)]));
        Assert.Equal(2, queue.Pending);
        Assert.True(queue.TryAdd([Make(1)]));
    }

    [Fact]
    public void The_limit_of_bytes_counts_deliveries_until_they_end()
    {
        var queue = new OutgoingQueue(10, 100);
        Assert.True(queue.TryAdd([Make(100)]));
        Assert.False(queue.TryAdd([Make(1)]));
        queue.Delivered(Offered(queue).Single());
        Assert.True(queue.TryAdd([Make(100)]));
    }

    [Fact]
    public void Deliveries_start_in_order_up_to_the_limit_of_running_ones()
    {
        var queue = new OutgoingQueue(10, 100, maxUnderWay: 2);
        OneDelivery[] deliveries = [Make(1), Make(1), Make(1)];
        queue.TryAdd(deliveries);

        var offered = Offered(queue);
        Assert.Equal(deliveries[..2], offered);
        queue.Delivered(offered[1]);

        Assert.Equal([deliveries[2]], Offered(queue));
        Assert.Equal(2, queue.UnderWay);
    }

    [Fact]
    public void A_failed_delivery_starts_again_when_its_next_attempt_is_due()
    {
        var queue = new OutgoingQueue(1, 10);
        queue.TryAdd([Make(1)]);
        queue.Failed(Offered(queue).Single(), Failure(false), Now);

        var fact = Assert.IsType<DeliveryFailed>(Facts(queue).Single());
        Assert.Equal((Now.AddSeconds(5), Now.AddSeconds(5)), (queue.NextDue, fact.NextAttempt));
        Assert.Equal((0, 1), (queue.UnderWay, queue.Pending));
        queue.OnDue(Now.AddSeconds(5));

        Assert.Equal(2, Offered(queue).Single().Attempts);
    }

    [Fact]
    public void A_permanent_failure_goes_to_the_dead_letter_queue_without_another_attempt()
    {
        var queue = new OutgoingQueue(1, 10);
        queue.TryAdd([Make(1)]);
        queue.Failed(Offered(queue).Single(), Failure(true), Now);

        var giveUp = Assert.IsType<GiveUp>(queue.Effects.Take().Single());
        Assert.Equal((1, 1), (queue.UnderWay, queue.Pending));
        queue.GivenUp(giveUp.Delivery, giveUp.Failure, giveUp.Delivery.Target);

        var fact = Assert.IsType<DeliveryGivenUp>(Facts(queue).Single());
        Assert.Equal(
            (Deliver.Nobody.Arn, "id", "Code: Message", 1, "arn:aws:sqs:us-east-1:000000000000:q"),
            (fact.Source, fact.EventId, fact.Reason, fact.Attempts, fact.DeadLetterQueue));
        Assert.Equal((0, 0), (queue.UnderWay, queue.Pending));
    }

    [Fact]
    public void A_closed_queue_drops_waiting_deliveries_and_reports_when_the_last_one_ends()
    {
        var queue = new OutgoingQueue(3, 10, maxUnderWay: 1);
        queue.TryAdd([Make(1), Make(1), Make(1)]);
        var first = Offered(queue).Single();
        queue.Failed(first, Failure(false), Now);
        var second = Offered(queue).Single();

        queue.Close();
        Assert.Equal((1, 1L), (queue.Pending, queue.PendingBytes));
        Assert.Empty(queue.Effects.Take());
        Assert.False(queue.TryAdd([Make(1)]));
        queue.Delivered(second);

        Assert.IsType<ReportClosed>(queue.Effects.Take()[^1]);
        Assert.Equal((0, 0L, null), (queue.Pending, queue.PendingBytes, queue.NextDue));
    }

    private static OutgoingDelivery[] Offered(OutgoingQueue queue) =>
        [.. queue.Effects.Take().OfType<OfferEvent>().Select(offer => offer.Delivery)];

    private static object[] Facts(OutgoingQueue queue) =>
        [.. queue.Effects.Take().OfType<ReportDelivery>().Select(report => report.Fact)];

    private static DeliveryFailure Failure(bool isPermanent) => new("Code", "Message", isPermanent);

    private static OneDelivery Make(int bytes) => new()
    {
        EventId = "id",
        Target = Arn.TryParse("arn:aws:sqs:us-east-1:000000000000:q")!,
        Event = new TargetEvent(new byte[bytes], Deliver.Nobody),
        Accepted = Now,
    };

    private sealed class OneDelivery : OutgoingDelivery
    {
        public override TimeSpan? Pause(int attempts, TimeSpan age) => TimeSpan.FromSeconds(5);

        public override DeadLetter? DeadLetter(DeliveryFailure failure) => null;
    }
}
