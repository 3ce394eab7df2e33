namespace Isobar.Local.Lambda.Environments;

/// <summary>A parked <c>/next</c>: a field in the phase, answered by an effect.</summary>
internal sealed class Poll
{
    // The answer is written by the thread pool, so that whoever answers never runs a socket's continuation.
    private readonly TaskCompletionSource<PollAnswer> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<PollAnswer> Answer => answer.Task;

    public void Give(PollAnswer given) => answer.TrySetResult(given);

    /// <summary>Nobody will answer: the process that asks is being ended, or its connection is gone.</summary>
    public void Abandon() => answer.TrySetCanceled();
}

/// <summary>The event that a poll is answered with.</summary>
/// <param name="Deadline">Of the invocation, or of the shutdown.</param>
/// <param name="Reason">Set for an extension's SHUTDOWN event.</param>
internal sealed record PollAnswer(DateTimeOffset Deadline, Invocation? Invocation, ShutdownReason? Reason);
