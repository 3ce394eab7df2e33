using Isobar.Local.Services.Sqs;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.Sqs;

public sealed class LongPollTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly SqsByHand sqs = new();

    [Fact]
    public void A_parked_receive_is_answered_by_the_next_message()
    {
        var queue = sqs.Create("chunks");
        var waiter = sqs.Wait(queue, 20 * Second);
        Assert.False(sqs.IsAnswered(waiter));
        Assert.Equal(sqs.Now + 20 * Second, sqs.State.NextDue);

        sqs.Send(queue, "a");

        Assert.Equal(["a"], SqsByHand.Bodies(sqs.Answer(waiter)));
        Assert.Equal(sqs.Now + 30 * Second, sqs.State.NextDue);
    }

    [Fact]
    public void A_parked_receive_is_answered_with_nothing_when_its_wait_is_over()
    {
        var queue = sqs.Create("chunks", ("ReceiveMessageWaitTimeSeconds", "7"));
        var waiter = sqs.State.Receive(queue, new ReceiveTerms(1, long.MaxValue, null, null), sqs.Now);

        sqs.Advance(7 * Second - TimeSpan.FromTicks(1));
        Assert.False(sqs.IsAnswered(waiter));
        sqs.Advance(TimeSpan.FromTicks(1));

        Assert.Empty(sqs.Answer(waiter));
        Assert.Null(sqs.State.NextDue);
    }

    [Fact]
    public void Receives_are_answered_in_the_order_in_which_they_came()
    {
        var queue = sqs.Create("chunks");
        var first = sqs.Wait(queue, 20 * Second, 1);
        var second = sqs.Wait(queue, 5 * Second, 1);

        sqs.Send(queue, "a");
        sqs.Send(queue, "b");

        Assert.Equal(["a"], SqsByHand.Bodies(sqs.Answer(first)));
        Assert.Equal(["b"], SqsByHand.Bodies(sqs.Answer(second)));
    }

    [Fact]
    public void A_parked_receive_gets_what_becomes_visible_again()
    {
        var queue = sqs.Create("chunks");
        sqs.Send(queue, "a");
        sqs.Receive(queue, 1, 10 * Second);
        var waiter = sqs.Wait(queue, Timeout.InfiniteTimeSpan);

        sqs.Advance(10 * Second);

        Assert.Equal(2, Assert.Single(sqs.Answer(waiter)).ReceiveCount);
    }

    [Fact]
    public void A_withdrawn_receive_takes_no_message()
    {
        var queue = sqs.Create("chunks");
        var waiter = sqs.Wait(queue, 20 * Second);

        Assert.True(sqs.State.Withdraw(waiter));
        sqs.Send(queue, "a");

        Assert.False(sqs.IsAnswered(waiter));
        Assert.False(sqs.State.Withdraw(waiter));
        Assert.Single(sqs.Receive(queue));
    }

    [Fact]
    public void A_receive_that_waits_on_a_deleted_queue_fails()
    {
        var queue = sqs.Create("chunks");
        var waiter = sqs.Wait(queue, 20 * Second);

        sqs.State.Delete(queue, sqs.Now);

        Assert.True(sqs.IsAnswered(waiter));
        Assert.Equal("QueueDoesNotExist",
            Assert.IsType<AwsException>(waiter.Answer.Exception!.InnerException).Code);
        Assert.Null(sqs.State.NextDue);
    }

    [Fact]
    public void Closing_answers_whoever_waits()
    {
        var waiter = sqs.Wait(sqs.Create("chunks"), Timeout.InfiniteTimeSpan);

        sqs.State.Close();

        Assert.Empty(sqs.Answer(waiter));
    }

    [Fact]
    public void One_receive_more_than_can_be_parked_is_throttled()
    {
        var queue = sqs.Create("chunks");
        var waiters = Enumerable.Range(0, SqsLimits.MaxParkedReceives)
            .Select(_ => sqs.Wait(queue, 20 * Second)).ToArray();

        Assert.Equal("RequestThrottled", Assert.Throws<AwsException>(() => sqs.Wait(queue, Second)).Code);
        sqs.Advance(20 * Second);

        Assert.All(waiters, waiter => Assert.Empty(sqs.Answer(waiter)));
        Assert.False(sqs.IsAnswered(sqs.Wait(queue, Second)));
    }
}
