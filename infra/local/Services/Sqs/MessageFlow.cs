using Isobar.Local.History;
using Isobar.Local.Ownership;

namespace Isobar.Local.Services.Sqs;

/// <summary>
/// How messages change over time and by receives: from hidden to visible to received, or to a dead-letter queue.
/// Counts the receives that wait, and knows which queue has to be looked at next and when.
/// </summary>
internal sealed class MessageFlow(QueueDirectory queues, ReceiptHandles handles, Effects<SqsEffect> effects)
{
    private readonly SortedSet<MessageQueue> agenda = new(Comparer<MessageQueue>.Create(
        static (a, b) => (a.Scheduled, a.Number).CompareTo((b.Scheduled, b.Number))));
    private int parked;

    public DateTimeOffset? NextDue => agenda.Min?.Scheduled;

    public void OnDue(DateTimeOffset now)
    {
        while (agenda.Min is { } queue && queue.Scheduled <= now) Serve(queue, now);
    }

    /// <exception cref="Wire.AwsException">RequestThrottled: as many receives wait as the host keeps.</exception>
    public void Park(MessageQueue queue, ReceiveWaiter waiter, DateTimeOffset until)
    {
        if (parked >= SqsLimits.MaxParkedReceives) throw SqsErrors.RequestThrottled();
        queue.Park(waiter, until);
        parked++;
        Report(new ReceiveParked(queue.Name));
    }

    /// <returns>False when it has been answered.</returns>
    public bool Unpark(MessageQueue queue, ReceiveWaiter waiter)
    {
        if (!queue.Unpark(waiter)) return false;
        parked--;
        return true;
    }

    /// <summary>
    /// Answers what can be answered: receives for which there are messages, and those that have waited long enough.
    /// </summary>
    public void Serve(MessageQueue queue, DateTimeOffset now)
    {
        Settle(queue, now);
        while (queue.FirstWaiter is { } waiter && Take(queue, waiter.Terms, now) is { Count: > 0 } messages)
        {
            Unpark(queue, waiter);
            effects.Add(new AnswerReceive(waiter, messages));
        }

        while (queue.FirstOverdue(now) is { } waiter)
        {
            Unpark(queue, waiter);
            effects.Add(new AnswerReceive(waiter, []));
        }

        Schedule(queue);
    }

    /// <summary>Receives visible messages; one received too often goes to the dead-letter queue.</summary>
    public List<ReceivedMessage> Take(MessageQueue queue, ReceiveTerms terms, DateTimeOffset now)
    {
        if (Repeat(queue, terms, now) is { } again) return again;
        var taken = new List<StoredMessage>();
        var bytes = 0L;
        MessageQueue? movedTo = null;
        while (taken.Count < terms.Maximum && queue.InFlightCount + taken.Count < SqsLimits.MaxInFlight
            && queue.FirstVisible is { } message
            && (taken.Count == 0 || bytes + message.Content.Bytes <= terms.MaxBytes))
        {
            if (DeadLetterQueueFor(queue, message) is { } deadLetters)
            {
                Move(message, queue, deadLetters, now);
                movedTo = deadLetters;
                continue;
            }

            queue.Leave(message);
            taken.Add(message);
            bytes += message.Content.Bytes;
        }

        // Hidden only after all are taken: with a timeout of zero, one receive would take the same message again.
        var received = taken.ConvertAll(message => HandOut(queue, message, terms, now));
        if (received.Count > 0) Report(new MessageReceived(queue.Name, received.Count));
        if (received.Count > 0 && terms.AttemptId is { } attempt)
            queue.Fifo?.Attempts.Add(attempt, taken, received, now);
        if (movedTo is not null && movedTo != queue) Serve(movedTo, now);
        return received;
    }

    /// <summary>
    /// Brings the messages up to an instant: the expired are gone, the hidden whose time has come are visible.
    /// </summary>
    public void Settle(MessageQueue queue, DateTimeOffset now)
    {
        while (queue.FirstExpired(now) is { } message)
        {
            queue.Remove(message);
            Report(new MessageExpired(queue.Name, message.Content.MessageId));
        }

        while (queue.FirstDue(now) is { } message)
        {
            queue.Leave(message);
            queue.Show(message);
        }

        queue.Fifo?.Forget(now);
    }

    /// <summary>Enters when the queue has to be looked at next; called after every change of it.</summary>
    public void Schedule(MessageQueue queue)
    {
        var due = queue.NextDue;
        if (due == queue.Scheduled) return;
        if (queue.Scheduled is not null) agenda.Remove(queue);
        queue.Scheduled = due;
        if (due is not null) agenda.Add(queue);
    }

    private void Report(IFact fact) => effects.Add(new ReportFact(fact));

    private ReceivedMessage HandOut(MessageQueue queue, StoredMessage message, ReceiveTerms terms, DateTimeOffset now)
    {
        var timeout = terms.TimeoutIn(queue);
        message.Receive(now);
        if (timeout == TimeSpan.Zero) queue.Show(message);
        else queue.Hide(message, now + timeout, MessagePlace.InFlight);
        return new ReceivedMessage(
            message.Content, handles.Issue(queue.Number, message.Number, message.ReceiveCount),
            message.Sent, message.FirstReceived, message.ReceiveCount, message.DeadLetterQueueSourceArn)
        {
            SequenceNumber = message.SequenceNumber,
        };
    }

    /// <summary>Answers a receive that is tried again with the same messages, hidden anew.</summary>
    private static List<ReceivedMessage>? Repeat(MessageQueue queue, ReceiveTerms terms, DateTimeOffset now)
    {
        if (terms.AttemptId is not { } attempt || queue.Fifo?.Attempts.Find(attempt, now) is not { } earlier)
            return null;
        foreach (var message in earlier.Messages)
        {
            queue.Leave(message);
            queue.Hide(message, now + terms.TimeoutIn(queue), MessagePlace.InFlight);
        }

        return earlier.Answer;
    }

    // If the dead-letter queue has been deleted, the message stays in its queue and is received again.
    private MessageQueue? DeadLetterQueueFor(MessageQueue queue, StoredMessage message) =>
        queue.Settings.Redrive is { } redrive && message.ReceivesHere >= redrive.MaxReceiveCount
            ? queues.Find(QueueKey.Of(redrive.DeadLetterTarget))
            : null;

    private void Move(StoredMessage message, MessageQueue from, MessageQueue to, DateTimeOffset now)
    {
        from.Remove(message);
        message.GiveUp(from.Arn.ToString(), from.Fifo is null ? null : now);
        to.Add(message);
        to.Show(message);
        Report(new MessageMovedToDeadLetterQueue(from.Name, to.Name, message.Content.MessageId, message.ReceiveCount));
    }
}
