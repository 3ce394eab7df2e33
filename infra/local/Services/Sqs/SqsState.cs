using Isobar.Local.History;
using Isobar.Local.Ownership;

namespace Isobar.Local.Services.Sqs;

/// <summary>The queues of the account, by region and name.</summary>
internal sealed class SqsState : ITimedState, IDecidingState<SqsEffect>
{
    private readonly ReceiptHandles handles;
    private readonly QueueDirectory queues = new();
    private readonly MessageFlow flow;
    private readonly MessageIntake intake;

    /// <param name="handles">Issues and reads receipt handles.</param>
    /// <param name="maxStoredBytes">Bytes of messages in all queues, overhead included.</param>
    public SqsState(ReceiptHandles handles, long maxStoredBytes = SqsLimits.MaxStoredBytes)
    {
        this.handles = handles;
        intake = new MessageIntake(queues, Effects, maxStoredBytes);
        flow = new MessageFlow(queues, handles, Effects);
    }

    public Effects<SqsEffect> Effects { get; } = new();

    public DateTimeOffset? NextDue => flow.NextDue;

    /// <summary>Bytes held, overhead included.</summary>
    public long StoredBytes => queues.StoredBytes;

    public void OnDue(DateTimeOffset now) => flow.OnDue(now);

    /// <summary>The queue, as it is at <paramref name="now"/>.</summary>
    /// <exception cref="Wire.AwsException">QueueDoesNotExist.</exception>
    public MessageQueue Find(QueueKey key, DateTimeOffset now)
    {
        var queue = queues.Find(key) ?? throw SqsErrors.QueueDoesNotExist();
        flow.Settle(queue, now);
        return queue;
    }

    public bool Exists(QueueKey key) => queues.Find(key) is not null;

    /// <summary>
    /// What each queue that has messages holds, and once more when the last one is gone. AWS goes on with zeros for six
    /// hours.
    /// </summary>
    public IReadOnlyList<QueueSample> Sample(DateTimeOffset now)
    {
        var samples = new List<QueueSample>();
        foreach (var queue in queues.All)
        {
            var wasInUse = queue.WasInUse;
            queue.WasInUse = queue.Count > 0;
            if (!wasInUse && !queue.WasInUse) continue;
            samples.Add(new QueueSample(
                queue.Name, queue.VisibleCount, queue.InFlightCount, queue.DelayedCount,
                queue.OldestSent is { } sent ? now - sent : TimeSpan.Zero)
            {
                GroupsInFlight = queue.Fifo?.Order.GroupsInFlight,
            });
        }

        return samples;
    }

    /// <summary>The names of a region's queues, in order.</summary>
    public IEnumerable<string> Names(string accountId, string region) => queues.Names(accountId, region);

    /// <summary>
    /// Creates a queue; one that exists with the same value of the attributes asked for is left as it is.
    /// </summary>
    /// <exception cref="Wire.AwsException">QueueNameExists, QueueDeletedRecently, InvalidParameterValue (redrive
    /// policy), OverLimit.</exception>
    public void Create(Arn arn, QueueSettings settings, IEnumerable<string> attributesAskedFor, DateTimeOffset now)
    {
        if (queues.Create(arn, settings, attributesAskedFor, now) is { } queue) Report(new QueueCreated(queue.Name));
    }

    /// <exception cref="Wire.AwsException">QueueDoesNotExist, and those of the attributes.</exception>
    public void Configure(QueueKey key, IReadOnlyDictionary<string, string> attributes, DateTimeOffset now)
    {
        Configure(key, QueueAttributes.Apply(Find(key, now).Settings, attributes), now);
    }

    /// <exception cref="Wire.AwsException">QueueDoesNotExist, InvalidParameterValue (redrive policy).</exception>
    public void Configure(QueueKey key, QueueSettings settings, DateTimeOffset now)
    {
        var queue = Find(key, now);
        queues.CheckRedrive(queue.Arn, settings);
        var delay = queue.Settings.Delay;
        queue.Settings = settings;
        queue.LastModified = now;
        if (queue.Fifo is null || settings.Delay == delay) return;
        queue.DelayAnew(now);
        flow.Serve(queue, now);
    }

    public void Delete(QueueKey key, DateTimeOffset now)
    {
        var queue = Find(key, now);
        queue.Clear();
        while (queue.FirstWaiter is { } waiter)
        {
            flow.Unpark(queue, waiter);
            Effects.Add(new FailReceive(waiter, SqsErrors.QueueDoesNotExist()));
        }

        flow.Schedule(queue);
        queues.Delete(key, now);
        Report(new QueueDeleted(queue.Name));
    }

    /// <exception cref="Wire.AwsException">PurgeQueueInProgress: the last purge is less than 60 s ago.</exception>
    public void Purge(QueueKey key, DateTimeOffset now)
    {
        var queue = Find(key, now);
        if (queue.LastPurged + SqsLimits.QueueChangeInterval > now) throw SqsErrors.PurgeQueueInProgress(queue.Name);
        queue.LastPurged = now;
        Report(new QueuePurged(queue.Name, queue.Count));
        queue.Clear();
        flow.Schedule(queue);
    }

    /// <summary>Sends each message that fits and then answers the receives that wait.</summary>
    /// <returns>What became of each draft, in order.</returns>
    /// <exception cref="Wire.AwsException">QueueDoesNotExist; a message to a FIFO queue has no group or no
    /// deduplication id, so that none is sent.</exception>
    public SendOutcome[] Send(
        QueueKey key, IReadOnlyList<MessageDraft> drafts, SendErrors errors, DateTimeOffset now)
    {
        var queue = Find(key, now);
        var outcomes = intake.Send(queue, drafts, errors, now);
        flow.Serve(queue, now);
        return outcomes;
    }

    /// <summary>Receives, or keeps the receive until messages come or its wait is over.</summary>
    /// <exception cref="Wire.AwsException">QueueDoesNotExist, OverLimit (in
    /// flight), RequestThrottled (receives that wait).</exception>
    public ReceiveWaiter Receive(QueueKey key, ReceiveTerms terms, DateTimeOffset now)
    {
        var queue = Find(key, now);
        if (terms.AttemptId is { } attempt && queue.Fifo is null)
            throw SqsErrors.NotOfThisQueueType("ReceiveRequestAttemptId", attempt);
        var waiter = new ReceiveWaiter(key, terms);
        var wait = terms.Wait ?? queue.Settings.ReceiveWait;
        var messages = flow.Take(queue, terms, now);
        if (messages.Count == 0 && wait != TimeSpan.Zero)
        {
            flow.Park(queue, waiter, wait == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : now + wait);
        }
        else
        {
            // With too many in flight a short poll fails, a long one waits (Developer Guide, "in-flight messages").
            if (messages.Count == 0 && queue.Fifo is null && queue.InFlightCount >= SqsLimits.MaxInFlight)
                throw TooManyInFlight();
            Effects.Add(new AnswerReceive(waiter, messages));
        }

        flow.Schedule(queue);
        return waiter;
    }

    /// <summary>Withdraws a receive that waits.</summary>
    /// <returns>False when it has been answered.</returns>
    public bool Withdraw(ReceiveWaiter waiter)
    {
        if (queues.Find(waiter.Queue) is not { } queue || !flow.Unpark(queue, waiter)) return false;
        flow.Schedule(queue);
        Report(new ReceiveWithdrawn(queue.Name));
        return true;
    }

    /// <summary>
    /// Deletes the message that a handle stands for, if it is still there; in a standard queue an older handle does as
    /// well.
    /// </summary>
    /// <exception cref="Wire.AwsException">QueueDoesNotExist, ReceiptHandleIsInvalid; InvalidParameterValue: the
    /// receive of a FIFO queue's message hides it no longer.</exception>
    public void DeleteMessage(QueueKey key, string handle, DateTimeOffset now)
    {
        var queue = Find(key, now);
        var (number, receive) = handles.Read(handle, queue.Number);
        if (queue.Find(number) is not { } message) return;
        if (queue.Fifo is not null && !message.IsHiddenBy(receive)) throw SqsErrors.ReceiptHandleExpired(handle);
        queue.Remove(message);
        Report(new MessageDeleted(queue.Name, message.Content.MessageId));
        flow.Serve(queue, now);
    }

    /// <summary>Hides a received message for a time from now on; zero makes it visible at once.</summary>
    /// <exception cref="Wire.AwsException">QueueDoesNotExist, ReceiptHandleIsInvalid, InvalidParameterValue: deleted,
    /// received again since, or hidden for more than 12 h in all.</exception>
    public void ChangeVisibility(QueueKey key, string handle, TimeSpan timeout, DateTimeOffset now)
    {
        var queue = Find(key, now);
        var (number, receive) = handles.Read(handle, queue.Number);
        if (queue.Find(number) is not { } message || message.ReceiveCount != receive)
            throw SqsErrors.NotAvailableForVisibilityChange(handle);
        if (now + timeout > message.LastReceived + SqsLimits.MaxVisibilityTimeout)
            throw SqsErrors.InvalidParameter("VisibilityTimeout", (long)timeout.TotalSeconds,
                "Total VisibilityTimeout for the message is beyond the limit [43200 seconds]");
        if (message.Place == MessagePlace.Visible && queue.InFlightCount >= SqsLimits.MaxInFlight)
            throw TooManyInFlight();
        message.IsVisibilityChanged = true;
        queue.Leave(message);
        if (timeout == TimeSpan.Zero) queue.Show(message);
        else queue.Hide(message, now + timeout, MessagePlace.InFlight);
        Report(new MessageVisibilityChanged(queue.Name, message.Content.MessageId, timeout));
        flow.Serve(queue, now);
    }

    /// <summary>Answers every receive that waits with nothing, so that the host can stop.</summary>
    public void Close()
    {
        foreach (var queue in queues.All)
        {
            while (queue.FirstWaiter is { } waiter)
            {
                flow.Unpark(queue, waiter);
                Effects.Add(new AnswerReceive(waiter, []));
            }

            flow.Schedule(queue);
        }
    }

    private void Report(IFact fact) => Effects.Add(new ReportFact(fact));

    private static Wire.AwsException TooManyInFlight() =>
        SqsErrors.OverLimit($"The maximum number of in flight messages is reached: {SqsLimits.MaxInFlight}.");
}
