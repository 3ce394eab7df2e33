using Isobar.Local.Ownership;

namespace Isobar.Local.Services.Sqs;

/// <summary>What one receive asks for.</summary>
/// <param name="Maximum">1 to 10,000 messages.</param>
/// <param name="MaxBytes">Bytes of messages after the first, at most.</param>
/// <param name="VisibilityTimeout">Null for the queue's own.</param>
/// <param name="Wait">Null for the queue's own; infinite for no limit.</param>
/// <param name="HoldsClock">Whether messages are work until the receiver has ended their lease.</param>
internal sealed record ReceiveTerms(
    int Maximum, long MaxBytes, TimeSpan? VisibilityTimeout, TimeSpan? Wait, bool HoldsClock = false)
{
    /// <summary>ReceiveRequestAttemptId; null for none.</summary>
    public string? AttemptId { get; init; }

    public TimeSpan TimeoutIn(MessageQueue queue) => VisibilityTimeout ?? queue.Settings.VisibilityTimeout;
}

/// <summary>What a receive was answered with.</summary>
/// <param name="Work">The receiver's to dispose; null when there are no messages, or the terms ask for none.</param>
internal readonly record struct ReceiveAnswer(IReadOnlyList<ReceivedMessage> Messages, Activity.Lease? Work);

/// <summary>A receive, answered or waiting in its queue for a message or for the end of its wait.</summary>
internal sealed class ReceiveWaiter(QueueKey queue, ReceiveTerms terms)
{
    // The continuation belongs to the receiver, and whoever answers has more to do.
    private readonly TaskCompletionSource<ReceiveAnswer> answer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public QueueKey Queue => queue;

    public ReceiveTerms Terms => terms;

    /// <summary>Its place in the order of arrival.</summary>
    public long Number { get; set; }

    /// <summary>When it is answered with nothing; the end of time for a receive without limit.</summary>
    public DateTimeOffset Deadline { get; set; } = DateTimeOffset.MaxValue;

    public Task<ReceiveAnswer> Answer => answer.Task;

    /// <param name="lease">Of the effect: what the receiver takes over, if the terms say so.</param>
    public void Complete(IReadOnlyList<ReceivedMessage> messages, Activity.Lease lease) =>
        answer.SetResult(new ReceiveAnswer(
            messages, terms.HoldsClock && messages.Count > 0 ? lease.TakeOver() : null));

    public void Fail(Exception error) => answer.SetException(error);
}
