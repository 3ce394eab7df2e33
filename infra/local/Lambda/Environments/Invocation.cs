namespace Isobar.Local.Lambda.Environments;

/// <summary>One invocation on its way through an environment.</summary>
internal sealed class Invocation(InvocationRequest request)
{
    private readonly TaskCompletionSource<InvocationOutcome> outcome =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public InvocationRequest Request { get; } = request;

    public string RequestId => Request.RequestId;

    public Task<InvocationOutcome> Outcome => outcome.Task;

    /// <exception cref="InvalidOperationException">It was answered before: the lifecycle is wrong.</exception>
    public void Complete(InvocationOutcome result) => outcome.SetResult(result);

    /// <summary>The invocation never began: the host refuses it.</summary>
    public void Refuse(Exception reason) => outcome.SetException(reason);
}
