using Isobar.Local.Services.Sqs;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.Sqs;

public sealed class RedriveTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private readonly SqsByHand sqs = new();

    [Fact]
    public void A_message_that_was_received_too_often_moves_to_the_dead_letter_queue_and_stays_itself()
    {
        var deadLetters = sqs.Create("failures");
        var queue = sqs.CreateWithRedrive("chunks", "failures", 2);
        var id = sqs.Send(queue, "poison");
        var sent = sqs.Now;
        for (var receive = 1; receive <= 2; receive++)
        {
            Assert.Equal(receive, Assert.Single(sqs.Receive(queue)).ReceiveCount);
            sqs.Advance(Timeout);
        }

        Assert.Empty(sqs.Receive(queue));

        var moved = Assert.Single(sqs.Receive(deadLetters));
        Assert.Equal(id, moved.Content.MessageId);
        Assert.Equal(sent, moved.Sent);
        Assert.Equal(sent, moved.FirstReceived);
        Assert.Equal(3, moved.ReceiveCount);
        Assert.Equal("arn:aws:sqs:us-east-1:000000000000:chunks", moved.DeadLetterQueueSourceArn);
        Assert.Contains(new MessageMovedToDeadLetterQueue("chunks", "failures", id, 2), sqs.Facts);
    }

    [Fact]
    public void A_queue_may_be_its_own_dead_letter_queue()
    {
        var queue = sqs.Create("chunks");
        var policy = RedrivePolicyText.Write(new RedrivePolicy(SqsByHand.ArnOf("chunks"), 1));
        sqs.State.Configure(queue, new Dictionary<string, string> { ["RedrivePolicy"] = policy }, sqs.Now);
        sqs.Send(queue, "poison");
        Assert.Equal(1, Assert.Single(sqs.Receive(queue)).ReceiveCount);
        var listener = sqs.Wait(queue, Timeout);

        sqs.Advance(Timeout);

        var again = Assert.Single(sqs.Answer(listener));
        Assert.Equal((2, "arn:aws:sqs:us-east-1:000000000000:chunks"),
            (again.ReceiveCount, again.DeadLetterQueueSourceArn));
    }

    [Fact]
    public void A_receive_passes_over_what_it_moves_and_a_receive_parked_on_the_dead_letter_queue_gets_it()
    {
        var deadLetters = sqs.Create("failures");
        var queue = sqs.CreateWithRedrive("chunks", "failures", 1);
        var listener = sqs.Wait(deadLetters, TimeSpan.FromMinutes(5));
        sqs.Send(queue, "poison");
        sqs.Receive(queue);
        sqs.Send(queue, "good");
        sqs.Advance(Timeout);

        Assert.Equal(["good"], SqsByHand.Bodies(sqs.Receive(queue)));
        Assert.Equal(["poison"], SqsByHand.Bodies(sqs.Answer(listener)));
    }

    [Fact]
    public void A_message_that_fails_again_among_dead_letters_is_counted_anew()
    {
        sqs.Create("last");
        var deadLetters = sqs.CreateWithRedrive("failures", "last", 2);
        var queue = sqs.CreateWithRedrive("chunks", "failures", 3);
        sqs.Send(queue, "poison");
        for (var receive = 0; receive < 4; receive++)
        {
            sqs.Receive(queue);
            sqs.Advance(Timeout);
        }

        for (var receive = 4; receive <= 5; receive++)
        {
            Assert.Equal(receive, Assert.Single(sqs.Receive(deadLetters)).ReceiveCount);
            sqs.Advance(Timeout);
        }

        Assert.Empty(sqs.Receive(deadLetters));
        Assert.Equal(6, Assert.Single(sqs.Receive(SqsByHand.Key("last"))).ReceiveCount);
    }

    [Fact]
    public void Two_queues_that_are_each_others_dead_letter_queue_do_not_play_with_a_message_for_ever()
    {
        sqs.Create("b");
        var a = sqs.CreateWithRedrive("a", "b", 1);
        sqs.State.Configure(SqsByHand.Key("b"), new Dictionary<string, string>
        {
            ["RedrivePolicy"] = RedrivePolicyText.Write(new RedrivePolicy(SqsByHand.ArnOf("a"), 1)),
        }, sqs.Now);
        sqs.Send(a, "poison");
        sqs.Receive(a);
        var inA = sqs.Wait(a, TimeSpan.FromMinutes(5));
        var inB = sqs.Wait(SqsByHand.Key("b"), TimeSpan.FromMinutes(5));

        sqs.Advance(Timeout);
        Assert.Single(sqs.Answer(inB));
        Assert.False(sqs.IsAnswered(inA));
    }

    [Fact]
    public void While_the_dead_letter_queue_does_not_exist_a_message_goes_on_being_handed_out()
    {
        var deadLetters = sqs.Create("failures");
        var queue = sqs.CreateWithRedrive("chunks", "failures", 1);
        sqs.Send(queue, "poison");
        sqs.Receive(queue);
        sqs.State.Delete(deadLetters, sqs.Now);
        sqs.Advance(Timeout);

        Assert.Equal(2, Assert.Single(sqs.Receive(queue)).ReceiveCount);
    }

    [Fact]
    public void Among_dead_letters_a_message_is_as_old_as_when_it_was_sent()
    {
        var deadLetters = sqs.Create("failures", ("MessageRetentionPeriod", "3600"));
        var queue = sqs.CreateWithRedrive("chunks", "failures", 1);
        sqs.Send(queue, "poison");
        sqs.Receive(queue);
        sqs.Advance(TimeSpan.FromSeconds(3_599));
        sqs.Receive(queue);
        Assert.Equal(1, sqs.State.Find(deadLetters, sqs.Now).Count);

        sqs.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(0, sqs.State.Find(deadLetters, sqs.Now).Count);
    }

    [Theory]
    [InlineData("{\"maxReceiveCount\":3}", "deadLetterTargetArn")]
    [InlineData("{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:chunks\"}", "maxReceiveCount")]
    [InlineData("{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:no\",\"maxReceiveCount\":3}",
        "does not exist")]
    [InlineData("{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:chunks\",\"maxReceiveCount\":0}",
        "1 to 1000")]
    [InlineData("{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:chunks\",\"maxReceiveCount\":1001}",
        "1 to 1000")]
    [InlineData("{\"deadLetterTargetArn\":7,\"maxReceiveCount\":3}", "deadLetterTargetArn")]
    [InlineData("{\"deadLetterTargetArn\":\"a\",\"maxReceiveCount\":3,\"more\":1}", "Only following")]
    [InlineData("[]", "not a valid JSON map")]
    [InlineData("{", "not a valid JSON map")]
    public void A_redrive_policy_that_can_not_work_is_refused(string policy, string reason)
    {
        var queue = sqs.Create("chunks");

        var error = Assert.Throws<AwsException>(() => sqs.State.Configure(
            queue, new Dictionary<string, string> { ["RedrivePolicy"] = policy }, sqs.Now));

        Assert.Equal("InvalidParameterValue", error.QueryCode);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
