using System.Text;
using Isobar.Local.Services.Sqs;

namespace Isobar.Local.Tests.Services.Sqs;

/// <summary>Messages with a MessageGroupId on a standard queue.</summary>
public sealed class FairOrderTests
{
    private readonly SqsByHand sqs = new();

    [Fact]
    public void A_group_with_a_backlog_does_not_delay_the_others()
    {
        var queue = sqs.Create("chunks");
        for (var i = 0; i < 20; i++) sqs.Send(queue, $"noisy {i}", group: "noisy");
        Assert.Equal(10, sqs.Receive(queue).Count);
        sqs.Send(queue, "quiet 0", group: "quiet");
        sqs.Send(queue, "quiet 1", group: "quiet");

        Assert.Equal(["quiet 0", "quiet 1", "noisy 10"], SqsByHand.Bodies(sqs.Receive(queue, 3)));
    }

    [Fact]
    public void Messages_without_a_group_are_each_a_group_of_their_own()
    {
        var queue = sqs.Create("chunks");
        for (var i = 0; i < 3; i++) sqs.Send(queue, $"{i}");
        sqs.Receive(queue, 1);
        sqs.Send(queue, "grouped", group: "g");

        Assert.Equal(["1", "2", "grouped"], SqsByHand.Bodies(sqs.Receive(queue)));
    }

    [Fact]
    public void Groups_with_equally_many_in_flight_keep_the_order_of_arrival()
    {
        var queue = sqs.Create("chunks");
        foreach (var (body, group) in new[] { ("0", "a"), ("1", "b"), ("2", "a"), ("3", "c"), ("4", "b") })
            sqs.Send(queue, body, group: group);

        Assert.Equal(["0", "1", "3", "2", "4"],
            Enumerable.Range(0, 5).Select(_ => SqsByHand.Bodies(sqs.Receive(queue, 1)).Single()));
    }

    [Fact]
    public void A_group_counts_no_longer_when_its_messages_are_deleted_or_reappear()
    {
        var queue = sqs.Create("chunks", ("VisibilityTimeout", "30"));
        for (var i = 0; i < 4; i++) sqs.Send(queue, $"first {i}", group: "first");
        var received = sqs.Receive(queue, 2);
        sqs.Send(queue, "second", group: "second");
        sqs.State.DeleteMessage(queue, received[0].ReceiptHandle, sqs.Now);
        sqs.Advance(TimeSpan.FromSeconds(30));

        // Nothing is in flight now, so what became visible first comes first; the message that reappeared comes last.
        Assert.Equal(["first 2", "second", "first 3", "first 1"],
            Enumerable.Range(0, 4).Select(_ => SqsByHand.Bodies(sqs.Receive(queue, 1)).Single()));
    }

    [Fact]
    public void Any_mixture_of_groups_gives_every_message_once()
    {
        var seed = Environment.GetEnvironmentVariable("ISOBAR_SEED") is { Length: > 0 } given
            ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture)
            : Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"ISOBAR_SEED={seed}");
        var random = new Random(seed);
        var queue = sqs.Create("chunks", ("VisibilityTimeout", "5"));
        HashSet<string> sent = [];
        HashSet<string> done = [];
        for (var step = 0; step < 2_000 || done.Count < sent.Count; step++)
        {
            if (step < 2_000 && random.Next(2) == 0)
            {
                var group = random.Next(5) is > 0 and var number ? $"g{number}" : null;
                sqs.Send(queue, $"{step}", group: group);
                sent.Add($"{step}");
            }

            if (random.Next(8) == 0 || step >= 2_000) sqs.Advance(TimeSpan.FromSeconds(random.Next(1, 4)));
            foreach (var message in sqs.Receive(queue, random.Next(1, 11)))
            {
                if (random.Next(3) == 0) continue;
                sqs.State.DeleteMessage(queue, message.ReceiptHandle, sqs.Now);
                Assert.True(done.Add(Encoding.UTF8.GetString(message.Content.Body.Span)));
            }
        }

        Assert.Equal(sent, done);
        Assert.Empty(sqs.Receive(queue));
    }
}
