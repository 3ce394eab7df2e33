using System.Text;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Services.Sqs;

namespace Isobar.Local.Tests.Services.Sqs;

/// <summary>The state of SQS without monitor, clock or wire: time stands still until a test moves it.</summary>
internal sealed class SqsByHand
{
    private readonly Activity activity = new();
    private readonly List<object> facts = [];
    private int lastId;

    public SqsByHand(long maxStoredBytes = SqsLimits.MaxStoredBytes)
    {
        State = new SqsState(new ReceiptHandles(new byte[32]), maxStoredBytes);
    }

    public SqsState State { get; }

    /// <summary>What was reported so far.</summary>
    public List<object> Facts
    {
        get
        {
            Perform();
            return facts;
        }
    }

    public DateTimeOffset Now { get; private set; } = new(2026, 1, 12, 15, 0, 0, TimeSpan.Zero);

    public static Arn ArnOf(string name) => new("aws", "sqs", "us-east-1", "000000000000", name);

    public static QueueKey Key(string name) => QueueKey.Of(ArnOf(name));

    /// <summary>As the monitor does: what is due happens before the next message.</summary>
    public void Advance(TimeSpan step)
    {
        Now += step;
        if (State.NextDue <= Now) State.OnDue(Now);
    }

    public QueueKey Create(string name, params (string Name, string Value)[] attributes)
    {
        var given = attributes.ToDictionary(pair => pair.Name, pair => pair.Value);
        State.Create(ArnOf(name), QueueAttributes.OfNew(given), given.Keys, Now);
        return Key(name);
    }

    /// <summary>Creates a queue whose messages move to another one after some receives.</summary>
    public QueueKey CreateWithRedrive(string name, string deadLetters, int maxReceiveCount) => Create(
        name, ("RedrivePolicy", RedrivePolicyText.Write(new RedrivePolicy(ArnOf(deadLetters), maxReceiveCount))));

    /// <summary>Creates a FIFO queue that deduplicates by content, unless the attributes say otherwise.</summary>
    public QueueKey CreateFifo(string name, params (string Name, string Value)[] attributes) =>
        Create(name, [("FifoQueue", "true"), ("ContentBasedDeduplication", "true"), .. attributes]);

    /// <returns>The message's id.</returns>
    public string Send(QueueKey queue, string body, TimeSpan? delay = null, string? group = null) =>
        Post(queue, body, group, null, delay).MessageId;

    public SendOutcome Post(
        QueueKey queue, string body, string? group, string? deduplicationId = null, TimeSpan? delay = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var id = $"00000000-0000-4000-8000-{++lastId:D12}";
        var content = new MessageContent(
            id, bytes, MessageDigest.Of(bytes), new Dictionary<string, MessageAttributeValue>(), "000000000000", null,
            bytes.Length)
        {
            MessageGroupId = group,
            MessageDeduplicationId = deduplicationId,
        };
        var outcome = Assert.Single(
            State.Send(queue, [new MessageDraft(content, delay)], SendErrors.OfMessage, Now));
        return outcome.Error is { } error ? throw error : outcome;
    }

    public ReceiveWaiter Wait(QueueKey queue, TimeSpan wait, int maximum = 10) =>
        State.Receive(queue, new ReceiveTerms(maximum, long.MaxValue, null, wait), Now);

    public IReadOnlyList<ReceivedMessage> Receive(
        QueueKey queue, int maximum = 10, TimeSpan? visibilityTimeout = null, long maxBytes = long.MaxValue,
        string? attempt = null)
    {
        var terms = new ReceiveTerms(maximum, maxBytes, visibilityTimeout, TimeSpan.Zero) { AttemptId = attempt };
        return Answer(State.Receive(queue, terms, Now));
    }

    /// <summary>What a receive has been answered with by now.</summary>
    public IReadOnlyList<ReceivedMessage> Answer(ReceiveWaiter waiter)
    {
        Assert.True(IsAnswered(waiter));
        return waiter.Answer.GetAwaiter().GetResult().Messages;
    }

    public bool IsAnswered(ReceiveWaiter waiter)
    {
        Perform();
        return waiter.Answer.IsCompleted;
    }

    // As the module does with what the state has decided.
    private void Perform()
    {
        foreach (var effect in State.Effects.Take())
        {
            using var lease = activity.Begin();
            switch (effect)
            {
                case ReportFact report:
                    facts.Add(report.Fact);
                    break;
                case AnswerReceive answer:
                    answer.Waiter.Complete(answer.Messages, lease);
                    break;
                case FailReceive failure:
                    failure.Waiter.Fail(failure.Error);
                    break;
            }
        }
    }

    public static string[] Bodies(IEnumerable<ReceivedMessage> messages) =>
        [.. messages.Select(message => Encoding.UTF8.GetString(message.Content.Body.Span))];
}
