namespace Isobar.Local.Services.Sqs;

/// <summary>What one receive asks for.</summary>
/// <param name="Maximum">1 to 10,000 messages.</param>
/// <param name="MaxBytes">Bytes of messages after the first, at most.</param>
/// <param name="VisibilityTimeout">Null for the queue's own.</param>
/// <param name="Wait">Null for the queue's own; infinite for no limit.</param>
/// <param name="Received">Called before an answer with messages is given.</param>
internal sealed record ReceiveTerms(
    int Maximum, long MaxBytes, TimeSpan? VisibilityTimeout, TimeSpan? Wait, Action? Received = null);

/// <summary>A receive, answered or waiting in its queue for a message or for the end of its wait.</summary>
internal sealed class ReceiveWaiter(QueueKey queue, ReceiveTerms terms)
{
    // The continuation belongs to the caller and must not run inside the monitor.
    private readonly TaskCompletionSource<IReadOnlyList<ReceivedMessage>> answer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public QueueKey Queue => queue;

    public ReceiveTerms Terms => terms;

    /// <summary>Its place in the order of arrival.</summary>
    public long Number { get; set; }

    /// <summary>When it is answered with nothing; the end of time for a receive without limit.</summary>
    public DateTimeOffset Deadline { get; set; } = DateTimeOffset.MaxValue;

    public Task<IReadOnlyList<ReceivedMessage>> Answer => answer.Task;

    public void Complete(IReadOnlyList<ReceivedMessage> messages)
    {
        if (messages.Count > 0) terms.Received?.Invoke();
        answer.SetResult(messages);
    }

    public void Fail(Exception error) => answer.SetException(error);
}
