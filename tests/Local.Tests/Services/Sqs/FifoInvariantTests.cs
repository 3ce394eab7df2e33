using System.Globalization;
using Isobar.Local.Services.Sqs;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.Sqs;

/// <summary>
/// Random producers and consumers of a FIFO queue. Whatever they do, the messages of a group are received and finished
/// in the order in which they were sent, no group is at two consumers, a duplicate within five minutes arrives once,
/// and nothing is lost.
/// </summary>
public sealed class FifoInvariantTests
{
    [Fact]
    public void Groups_stay_in_order_and_at_one_consumer_and_every_message_is_finished_once()
    {
        var seed = Environment.GetEnvironmentVariable("ISOBAR_SEED") is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"ISOBAR_SEED={seed}");
        var random = new Random(seed);
        for (var run = 0; run < 200; run++)
        {
            var play = new Play(random);
            play.Run(400);
            play.Drain();
            Assert.True(play.Finished > 0 && play.Duplicates > 0);
        }
    }

    private sealed class Play
    {
        private static readonly TimeSpan Visibility = TimeSpan.FromSeconds(20);
        private readonly SqsByHand sqs = new();
        private readonly Random random;
        private readonly QueueKey queue;
        private readonly bool isByGroup;

        // By group: what was accepted and is not finished, in order.
        private readonly Dictionary<string, List<string>> expected = [];

        // By deduplication id, with the group where that counts: when it was accepted.
        private readonly Dictionary<string, DateTimeOffset> accepted = [];
        private readonly List<Held> held = [];

        public Play(Random random)
        {
            this.random = random;
            isByGroup = random.Next(2) == 0;
            queue = sqs.CreateFifo("q.fifo", ("VisibilityTimeout", "20"),
                ("DelaySeconds", random.Next(3) == 0 ? "7" : "0"),
                ("DeduplicationScope", isByGroup ? "messageGroup" : "queue"));
        }

        public int Finished { get; private set; }

        public int Duplicates { get; private set; }

        public void Run(int steps)
        {
            for (var step = 0; step < steps; step++)
            {
                switch (random.Next(10))
                {
                    case < 4:
                        Send();
                        break;
                    case < 7:
                        Receive();
                        break;
                    case < 9 when held.Count > 0:
                        Settle(held[random.Next(held.Count)]);
                        break;
                    default:
                        Pass(TimeSpan.FromSeconds(random.Next(1, random.Next(20) == 0 ? 200 : 6)));
                        break;
                }
            }
        }

        /// <summary>Consumers that finish everything, until nothing is left.</summary>
        public void Drain()
        {
            for (var turn = 0; expected.Values.Any(list => list.Count > 0); turn++)
            {
                Assert.InRange(turn, 0, 2_000);
                Receive();
                while (held.Count > 0) Finish(held[0]);
                Pass(Visibility);
            }

            Assert.Equal(0, sqs.State.Find(queue, sqs.Now).Count);
        }

        private void Send()
        {
            var (group, id) = ($"g{random.Next(5)}", $"{random.Next(60)}");
            var key = isByGroup ? $"{group} {id}" : id;
            var message = sqs.Post(queue, $"{sqs.Now.Ticks}", group, id).MessageId;
            if (accepted.TryGetValue(key, out var at) && sqs.Now < at + SqsLimits.DeduplicationInterval)
            {
                Duplicates++;
                return;
            }

            accepted[key] = sqs.Now;
            if (!expected.TryGetValue(group, out var list)) expected[group] = list = [];
            list.Add(message);
        }

        private void Receive()
        {
            foreach (var group in sqs.Receive(queue, random.Next(1, 11))
                .GroupBy(message => message.Content.MessageGroupId!))
            {
                Assert.DoesNotContain(held, other => other.Group == group.Key);
                Assert.Equal(
                    expected[group.Key].Take(group.Count()), group.Select(message => message.Content.MessageId));
                held.Add(new Held(group.Key, [.. group], sqs.Now + Visibility));
            }
        }

        private void Settle(Held batch)
        {
            switch (random.Next(4))
            {
                case 0:
                    // The consumer finishes one and leaves the others to reappear.
                    Delete(batch, batch.Messages[0]);
                    break;
                case 1:
                    foreach (var message in batch.Messages)
                        sqs.State.ChangeVisibility(queue, message.ReceiptHandle, TimeSpan.Zero, sqs.Now);
                    held.Remove(batch);
                    break;
                default:
                    Finish(batch);
                    break;
            }
        }

        private void Finish(Held batch)
        {
            foreach (var message in batch.Messages.ToArray()) Delete(batch, message);
        }

        private void Delete(Held batch, ReceivedMessage message)
        {
            sqs.State.DeleteMessage(queue, message.ReceiptHandle, sqs.Now);
            Assert.Equal(expected[batch.Group][0], message.Content.MessageId);
            expected[batch.Group].RemoveAt(0);
            Finished++;
            batch.Messages.Remove(message);
            if (batch.Messages.Count == 0) held.Remove(batch);
        }

        private void Pass(TimeSpan time)
        {
            sqs.Advance(time);
            foreach (var late in held.Where(batch => batch.Until <= sqs.Now).ToArray())
            {
                held.Remove(late);
                Assert.Throws<AwsException>(
                    () => sqs.State.DeleteMessage(queue, late.Messages[0].ReceiptHandle, sqs.Now));
            }
        }
    }

    /// <summary>Messages of a group at one consumer, hidden until an instant.</summary>
    private sealed record Held(string Group, List<ReceivedMessage> Messages, DateTimeOffset Until);
}
