using Isobar.Local.Ownership;
using Isobar.Local.Services;

namespace Isobar.Local.Tests.Services;

public sealed class OutgoingQueueTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 12, 15, 0, 0, TimeSpan.Zero);

    private readonly Activity activity = new();

    [Fact]
    public void A_full_queue_takes_all_of_a_group_or_none()
    {
        var queue = new OutgoingQueue(3, 1_000, activity);
        Assert.True(queue.TryAdd([Make(1), Make(1)]));
        Assert.False(queue.TryAdd([Make(1), Make(1)]));
        Assert.Equal(2, queue.Pending);
        Assert.True(queue.TryAdd([Make(1)]));
    }

    [Fact]
    public async Task Payloads_have_a_bound_of_their_own_and_free_it_when_they_end()
    {
        var queue = new OutgoingQueue(10, 100, activity);
        Assert.True(queue.TryAdd([Make(100)]));
        Assert.False(queue.TryAdd([Make(1)]));
        queue.End((await queue.Take())!);
        Assert.True(queue.TryAdd([Make(100)]));
    }

    [Fact]
    public async Task Work_is_under_way_until_a_delivery_that_was_put_off_has_its_timer_armed()
    {
        var queue = new OutgoingQueue(1, 10, activity);
        queue.TryAdd([Make(1)]);
        Assert.Equal(1, activity.UnderWay);
        var delivery = (await queue.Take())!;
        Assert.Equal(Now + TimeSpan.FromSeconds(5), queue.Failed(delivery, Failure(false), Now));
        Assert.Equal(1, activity.UnderWay);
        delivery.Work!.Dispose();
        Assert.Equal(0, activity.UnderWay);
        queue.OnDue(Now + TimeSpan.FromSeconds(5));
        Assert.Equal((1, 2), (activity.UnderWay, (await queue.Take())!.Attempts));
    }

    [Fact]
    public async Task A_lasting_failure_is_not_tried_again()
    {
        var queue = new OutgoingQueue(1, 10, activity);
        queue.TryAdd([Make(1)]);
        Assert.Null(queue.Failed((await queue.Take())!, Failure(true), Now));
    }

    [Fact]
    public async Task A_closed_queue_holds_nothing_and_sends_its_workers_home()
    {
        var queue = new OutgoingQueue(2, 10, activity);
        queue.TryAdd([Make(1), Make(1)]);
        queue.Failed((await queue.Take())!, Failure(false), Now);
        queue.Close();
        Assert.Equal((0, 0L, 0), (queue.Pending, queue.PendingBytes, activity.UnderWay));
        Assert.Null(await queue.Take());
        Assert.False(queue.TryAdd([Make(1)]));
    }

    private static DeliveryFailure Failure(bool isLasting) => new("Code", "Message", isLasting);

    private static OneDelivery Make(int bytes) => new()
    {
        Owner = "owner",
        EventId = "id",
        Target = Arn.TryParse("arn:aws:sqs:us-east-1:000000000000:q")!,
        Event = new TargetEvent(new byte[bytes]),
        Accepted = Now,
    };

    private sealed class OneDelivery : OutgoingDelivery
    {
        public override TimeSpan? Pause(int attempts, TimeSpan age) => TimeSpan.FromSeconds(5);

        public override DeadLetter? DeadLetter(DeliveryFailure failure) => null;
    }
}
